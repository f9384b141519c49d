package org.vinestock.placement.contract;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.decision.Check;
import org.vinestock.decision.Strategy;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;

/** What every placement strategy promises; see {@link org.vinestock.placement.PlacementStrategy}. */
public final class PlacementContract {
    private PlacementContract() {}

    /** The checks, in a fixed order; each takes some milliseconds on sites of its own. */
    public static List<Check<Strategy<PlacementQuestion, Placement, PlacementOutcome>>> checks() {
        List<Check<Strategy<PlacementQuestion, Placement, PlacementOutcome>>> checks = new ArrayList<>();
        checks.addAll(RoomChecks.all());
        checks.addAll(StateChecks.all());
        checks.addAll(RuleChecks.all());
        checks.addAll(AnswerChecks.all());
        return List.copyOf(checks);
    }
}
