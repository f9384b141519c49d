package org.vinestock.report;

import org.vinestock.model.ObjectId;

/** Names a report. */
public record ReportId(String value) implements ObjectId {
    /** Checks the name. */
    public ReportId {
        ObjectId.checked("report", value);
    }

    @Override
    public String kind() {
        return "report";
    }

    @Override
    public String toString() {
        return value;
    }
}
