package com.example.otherplacement;

import java.util.List;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/** Chooses the host with the most free memory; of several the one that was there first. */
final class Roomiest implements PlacementStrategy {
    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        int best = -1;
        for (int row = 0; row < scan.end(); row++) {
            if (scan.fits(row) && (best < 0 || scan.freeMemory(row) > scan.freeMemory(best))) {
                best = row;
            }
        }
        return scan.answer(best, List.of());
    }
}
