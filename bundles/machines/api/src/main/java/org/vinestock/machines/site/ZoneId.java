package org.vinestock.machines.site;

import org.vinestock.model.ObjectId;

/** Names a zone. */
public record ZoneId(String value) implements ObjectId {
    /** Checks the name. */
    public ZoneId {
        ObjectId.checked("zone", value);
    }

    @Override
    public String kind() {
        return "zone";
    }

    @Override
    public String toString() {
        return value;
    }
}
