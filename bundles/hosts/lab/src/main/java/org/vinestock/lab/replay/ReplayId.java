package org.vinestock.lab.replay;

import org.vinestock.model.ObjectId;

/** Names a replay. */
public record ReplayId(String value) implements ObjectId {
    /** Checks the name. */
    public ReplayId {
        ObjectId.checked("replay", value);
    }

    @Override
    public String kind() {
        return "replay";
    }

    @Override
    public String toString() {
        return value;
    }
}
