package org.vinestock.placement;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.vinestock.operation.Input;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Role;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.RuleId;

/** The operations on placement rules, and their parameters and results. */
public final class PlacementOperations {
    /** Adds a rule that every placement from now on keeps. */
    public static final OperationType<AddRule, RuleChanged> ADD_RULE = new OperationType<>(
            "placement.add-rule",
            AddRule.class,
            RuleChanged.class,
            Role.ADMIN,
            "Add a rule that every placement from now on keeps");

    /** Removes a rule. */
    public static final OperationType<OneRule, RuleChanged> REMOVE_RULE = new OperationType<>(
            "placement.remove-rule", OneRule.class, RuleChanged.class, Role.ADMIN, "Remove a placement rule");

    private PlacementOperations() {}

    /** What a rule demands. */
    public enum Demanded {
        /** All VMs of the group in one host, rack or zone. */
        TOGETHER,
        /** No two VMs of the group in one host, rack or zone. */
        APART,
        /** VMs of the group only in the hosts, racks or zones that are named. */
        IN,
        /** At most so many VMs of the group in one host, rack or zone. */
        CAPACITY
    }

    /** Parameters of {@link #ADD_RULE}. */
    public record AddRule(
            @Input(value = "Name of the rule, such as web-apart", at = 0)
            RuleId id,

            @Input(value = "together, apart, in or capacity", at = 1)
            Demanded demand,

            @Input(value = "Label of the VMs that it is about, such as app=web", at = 2)
            String group,

            @Input(value = "What counts as one: host, rack or zone", byDefault = "host")
            Domain per,

            @Input("For in: the hosts, racks or zones, such as z1,z2")
            List<String> names,

            @Input(value = "For capacity: how many VMs at most", byDefault = "1") @Min(1) @Max(1_000_000)
            int count) {
        /** Copies the list. */
        public AddRule {
            names = List.copyOf(names);
        }
    }

    /** Parameters that name one rule. */
    public record OneRule(
            @Input(value = "Name of the rule", at = 0, completedBy = "placement.rules#id")
            RuleId id) {}

    /** Result of a change to one rule. */
    public record RuleChanged(RuleId id, String now) {}
}
