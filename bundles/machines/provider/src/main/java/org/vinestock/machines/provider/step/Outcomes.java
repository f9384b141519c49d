package org.vinestock.machines.provider.step;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.Decisions;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.placement.PlacementOutcome;

/**
 * Placements whose VMs do not run yet, to be told what became of them. Kept in memory: one that a crash makes forget is
 * never told. Any thread.
 */
final class Outcomes {
    private final Decisions decisions;
    private final Map<String, Placed> placed = new ConcurrentSkipListMap<>();

    private record Placed(DecisionId decision, HostId host) {}

    Outcomes(Decisions decisions) {
        this.decisions = decisions;
    }

    void placed(VmId vm, DecisionId decision, HostId host) {
        placed.put(vm.value(), new Placed(decision, host));
    }

    void running(VmId vm) {
        tell(vm, PlacementOutcome.Result.RUNNING, "");
    }

    void failed(VmId vm, Throwable because) {
        tell(vm, PlacementOutcome.Result.FAILED, String.valueOf(Causes.message(because)));
    }

    /** The place was given back before anything was made there. */
    void takenBack(VmId vm) {
        tell(vm, PlacementOutcome.Result.FAILED, "the place was given back");
    }

    private void tell(VmId vm, PlacementOutcome.Result result, String message) {
        @Nullable Placed known = placed.remove(vm.value());
        if (known != null) {
            decisions.outcome(known.decision(), new PlacementOutcome(known.host(), result, message));
        }
    }
}
