package org.vinestock.placement;

import java.util.List;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;

/** Takes the first host that fits, in the order of the rows. Without state: what answers when nobody else does. */
final class FirstFitPlacement implements PlacementStrategy {
    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        int first = scan.fitting().next(0);
        return scan.answer(first, List.of());
    }
}
