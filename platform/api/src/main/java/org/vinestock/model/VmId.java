package org.vinestock.model;

/** Names a VM. */
public record VmId(String value) implements ObjectId {
    /** Checks the name. */
    public VmId {
        ObjectId.checked("vm", value);
    }

    @Override
    public String kind() {
        return "vm";
    }

    @Override
    public String toString() {
        return value;
    }
}
