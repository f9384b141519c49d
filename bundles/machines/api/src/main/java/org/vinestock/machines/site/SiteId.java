package org.vinestock.machines.site;

import org.vinestock.model.ObjectId;

/** Names a site. */
public record SiteId(String value) implements ObjectId {
    /** Checks the name. */
    public SiteId {
        ObjectId.checked("site", value);
    }

    @Override
    public String kind() {
        return "site";
    }

    @Override
    public String toString() {
        return value;
    }
}
