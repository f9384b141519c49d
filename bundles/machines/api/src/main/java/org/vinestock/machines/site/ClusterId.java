package org.vinestock.machines.site;

import org.vinestock.model.ObjectId;

/** Names a cluster. */
public record ClusterId(String value) implements ObjectId {
    /** Checks the name. */
    public ClusterId {
        ObjectId.checked("cluster", value);
    }

    @Override
    public String kind() {
        return "cluster";
    }

    @Override
    public String toString() {
        return value;
    }
}
