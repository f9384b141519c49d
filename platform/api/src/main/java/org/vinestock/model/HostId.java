package org.vinestock.model;

/** Names a host. */
public record HostId(String value) implements ObjectId {
    /** Checks the name. */
    public HostId {
        ObjectId.checked("host", value);
    }

    @Override
    public String kind() {
        return "host";
    }

    @Override
    public String toString() {
        return value;
    }
}
