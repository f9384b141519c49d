package org.vinestock.benchmarks.replay;

import java.util.List;
import java.util.function.Supplier;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.decision.BuiltIn;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.Placements;

/**
 * What best-fit and spread are compared with: the first host that fits, and the host with the least of one resource left,
 * which is how most schedulers of VMs begin. Looks at every host.
 */
final class PeerStrategies implements Area {
    /** How full a host will be; smaller is better. */
    private interface Cost {
        double of(PlacementQuestion question, HostScan scan, int row);
    }

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public Parts build(Platform platform) {
        return new Parts(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        peer("first-fit", () -> least((question, scan, row) -> 0)),
                        peer(
                                "best-fit-cores",
                                () -> least((question, scan, row) -> scan.freeMillicores(row) - question.millicores())),
                        peer(
                                "best-fit-memory",
                                () -> least((question, scan, row) ->
                                        scan.freeMemory(row) - question.memory().bytes()))),
                List.of(),
                () -> {});
    }

    private static BuiltIn<PlacementQuestion, Placement, PlacementOutcome> peer(
            String name, Supplier<PlacementStrategy> maker) {
        return new BuiltIn<>(Placements.PLACE, name, "1.0", maker, false);
    }

    private static PlacementStrategy least(Cost cost) {
        return (question, context) -> {
            HostScan scan = new HostScan(question, context.snapshot());
            int best = -1;
            double lowest = Double.MAX_VALUE;
            for (int row = 0; row < scan.end(); row++) {
                if (scan.fits(row)) {
                    double of = cost.of(question, scan, row);
                    if (of < lowest) {
                        best = row;
                        lowest = of;
                    }
                }
            }
            return scan.answer(best, List.of());
        };
    }
}
