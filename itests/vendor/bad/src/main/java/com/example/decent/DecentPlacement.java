package com.example.decent;

import java.util.List;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/**
 * Takes the first host that fits, until it is asked about a VM with the label {@code trouble}: so a plugin passes its
 * contract and misbehaves later, when a test wants it to.
 */
public abstract class DecentPlacement implements PlacementStrategy {
    /** The label whose value says which trouble to make. */
    public static final String TROUBLE = "trouble";

    @Override
    public final Answer<Placement> answer(PlacementQuestion question, Context context) {
        String trouble = question.labels().values().get(TROUBLE);
        return trouble == null ? first(question, context) : trouble(trouble, question, context);
    }

    /** Misbehaves; a trouble that it does not know is answered decently. */
    protected abstract Answer<Placement> trouble(String trouble, PlacementQuestion question, Context context);

    /** Answers decently. */
    public static Answer<Placement> first(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        int first = -1;
        for (int row = 0; row < scan.end(); row++) {
            if (scan.fits(row) && first < 0) {
                first = row;
            }
        }
        return scan.answer(first, List.of());
    }
}
