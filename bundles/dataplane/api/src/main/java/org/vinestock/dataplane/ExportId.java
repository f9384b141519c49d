package org.vinestock.dataplane;

import org.vinestock.model.ObjectId;

/** Names an export: a disk that is served on a host. */
public record ExportId(String value) implements ObjectId {
    /** Checks the name. */
    public ExportId {
        ObjectId.checked("export", value);
    }

    @Override
    public String kind() {
        return "export";
    }

    @Override
    public String toString() {
        return value;
    }
}
