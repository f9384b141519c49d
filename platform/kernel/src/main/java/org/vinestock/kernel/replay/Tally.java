package org.vinestock.kernel.replay;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.decision.Answer;
import org.vinestock.kernel.ledger.LatencyHistogram;
import org.vinestock.kernel.turn.Guards;
import org.vinestock.model.Violation;
import org.vinestock.view.InWords;

/** Counts what comes of a replay. Written by the strategy's worker, read when it has handed over. */
final class Tally {
    static final int MOST_DIFFERENCES = 1_000;

    final LatencyHistogram latency = new LatencyHistogram();
    final List<Difference> differences = new ArrayList<>();
    int asked;
    int agree;
    int violations;
    int failures;
    int late;

    void failed(Recorded<?, ?, ?> recorded, String subject, String failure) {
        asked++;
        failures++;
        differ(recorded, subject, "", failure);
    }

    <A> void answered(Recorded<?, A, ?> recorded, String subject, Answer<A> answer, List<Violation> broken) {
        asked++;
        boolean same = answer.choice().equals(recorded.then());
        agree += same ? 1 : 0;
        violations += broken.isEmpty() ? 0 : 1;
        if (!same || !broken.isEmpty()) {
            String why = broken.isEmpty() ? answer.because() : "would break " + Guards.text(broken);
            differ(recorded, subject, InWords.of(answer.choice()), why);
        }
    }

    private void differ(Recorded<?, ?, ?> recorded, String subject, String now, String why) {
        if (differences.size() < MOST_DIFFERENCES) {
            differences.add(new Difference(recorded.id(), subject, InWords.of(recorded.then()), now, why));
        }
    }
}
