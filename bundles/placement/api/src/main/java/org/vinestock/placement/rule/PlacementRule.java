package org.vinestock.placement.rule;

import org.vinestock.model.Kind;

/**
 * A rule that every placement keeps. A VM on the move counts where it is and where it should be; what a VM itself takes
 * never stands in its own way.
 *
 * @param group whom it is about
 * @param demand what it says
 */
public record PlacementRule(RuleId id, Group group, Demand demand) {
    /** The table of the rules. */
    public static final Kind<PlacementRule> KIND = new Kind<>("placement.rule", PlacementRule.class);

    /** The rule in words, such as {@code no two VMs with app=web in one rack}. */
    public String inWords() {
        if (demand instanceof Demand.Together together) {
            return "all VMs with " + group + " in one " + together.domain();
        } else if (demand instanceof Demand.Apart apart) {
            return "no two VMs with " + group + " in one " + apart.domain();
        } else if (demand instanceof Demand.In in) {
            return "VMs with " + group + " only in " + in.domain() + " " + String.join(" or ", in.names());
        }
        Demand.AtMost most = (Demand.AtMost) demand;
        return "at most " + most.count() + (most.count() == 1 ? " VM with " : " VMs with ") + group + " in one "
                + most.domain();
    }
}
