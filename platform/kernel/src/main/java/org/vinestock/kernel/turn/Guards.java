package org.vinestock.kernel.turn;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Guardrail;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.plugin.PluginBoundary;
import org.vinestock.model.Violation;

/** Asks all guardrails of a point. */
public final class Guards {
    private Guards() {}

    /** What is wrong with a choice; empty = nothing. A guardrail that throws refuses the choice. */
    public static <Q extends Record, A, O extends Record> List<Violation> check(
            DecisionPoint<Q, A, O> point, Q question, A choice, Snapshot now) {
        List<Violation> all = List.of();
        for (Guardrail<Q, A> guardrail : point.guardrails()) {
            List<Violation> found = check(guardrail, question, choice, now);
            if (!found.isEmpty()) {
                all = new ArrayList<>(all);
                all.addAll(found);
            }
        }
        return all;
    }

    private static <Q, A> List<Violation> check(Guardrail<Q, A> guardrail, Q question, A choice, Snapshot now) {
        try {
            return guardrail.check(question, choice, now);
        } catch (RuntimeException thrown) {
            return List.of(new Violation("guardrail", "a guardrail threw " + PluginBoundary.text(thrown)));
        }
    }

    /** Says it in one line: {@code capacity: ..., maintenance: ...}. */
    public static String text(List<Violation> violations) {
        StringBuilder text = new StringBuilder();
        for (Violation violation : violations) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(violation.rule())
                    .append(": ")
                    .append(violation.message());
        }
        return text.toString();
    }
}
