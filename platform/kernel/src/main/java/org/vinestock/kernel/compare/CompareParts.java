package org.vinestock.kernel.compare;

import java.util.List;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.kernel.decide.DecisionKernel;

/** The operation and step by which strategies are compared. */
public final class CompareParts {
    private CompareParts() {}

    /** The parts of a live site. */
    public static Parts of(Platform live, DecisionKernel decisions, Worlds worlds) {
        CompareStep step = new CompareStep(live, decisions, worlds);
        return new Parts(
                List.of(new CompareOperation(decisions, step)),
                List.of(),
                List.of(step),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }
}
