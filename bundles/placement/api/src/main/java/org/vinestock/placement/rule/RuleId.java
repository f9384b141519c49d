package org.vinestock.placement.rule;

import java.util.List;
import org.vinestock.model.ObjectId;

/** Names a placement rule. */
public record RuleId(String value) implements ObjectId {
    /** Names that mean something else wherever it is said why a host was left out. */
    public static final List<String> TAKEN = List.of("capacity", "maintenance", "down", "cluster", "avoid", "unknown");

    /** Checks the name. */
    public RuleId {
        ObjectId.checked("rule", value);
        if (TAKEN.contains(value)) {
            throw new IllegalArgumentException(
                    "rule \"" + value + "\" has a name that is taken; accepted: any but " + String.join(", ", TAKEN));
        }
    }

    @Override
    public String kind() {
        return "rule";
    }

    @Override
    public String toString() {
        return value;
    }
}
