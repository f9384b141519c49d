package org.vinestock.machines.site;

import org.vinestock.model.ObjectId;

/** Names a rack. */
public record RackId(String value) implements ObjectId {
    /** Checks the name. */
    public RackId {
        ObjectId.checked("rack", value);
    }

    @Override
    public String kind() {
        return "rack";
    }

    @Override
    public String toString() {
        return value;
    }
}
