package org.vinestock.machines.provider.site;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.decision.Answer;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Context;
import org.vinestock.decision.Outcome;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.Placements;

/** Takes the last host that fits, and remembers the outcomes that it was told. */
public final class PlacingArea implements Area {
    public final List<Outcome<PlacementOutcome>> outcomes = new ArrayList<>();

    /** What happens while it thinks. */
    public Runnable thinking = () -> {};

    @Override
    public String name() {
        return "placing";
    }

    @Override
    public Parts build(Platform platform) {
        return new Parts(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(Placements.PLACE),
                List.of(new BuiltIn<>(Placements.PLACE, "last-fit", "1.0", LastFit::new, true)),
                List.of(),
                () -> {});
    }

    private final class LastFit implements PlacementStrategy {
        @Override
        public Answer<Placement> answer(PlacementQuestion question, Context context) {
            thinking.run();
            HostScan scan = new HostScan(question, context.snapshot());
            int last = -1;
            for (int row = 0; row < scan.end(); row++) {
                last = scan.fits(row) ? row : last;
            }
            return scan.answer(last, List.of());
        }

        @Override
        public void observe(Outcome<PlacementOutcome> outcome) {
            outcomes.add(outcome);
        }
    }
}
