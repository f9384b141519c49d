package org.vinestock.kernel.decide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Alternative;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionLine;
import org.vinestock.decision.Tally;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.ledger.Remembered;
import org.vinestock.kernel.ledger.ShadowAnswer;
import org.vinestock.kernel.plugin.PluginBoundary;
import org.vinestock.kernel.turn.Guards;
import org.vinestock.time.Lane;
import org.vinestock.view.InWords;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;

/**
 * Explains a decision: goes through the point's candidates on the very state that it was made on and asks the point's own
 * guardrails about each. It does not rely on what the strategy said about the others.
 */
final class Explain {
    /** What was a candidate. */
    enum Verdict {
        /** It was chosen. */
        CHOSEN,
        /** The strategy named it as another one. */
        ALTERNATIVE,
        /** Nothing is against it. */
        POSSIBLE,
        /** A guardrail is against it. */
        RULED_OUT
    }

    /**
     * A candidate.
     *
     * @param shadows the shadows that chose it
     * @param because what is against it, or why it was chosen
     */
    record Row(String candidate, Verdict verdict, String shadows, String because) {}

    private final FormerStates states;
    private final Lane lane;

    /** {@code lane}: where candidates are gone through. */
    Explain(FormerStates states, Lane lane) {
        this.states = states;
        this.lane = lane;
    }

    /** {@code later}: what was reserved for the same subject since, newest first. */
    CompletionStage<Page<Row>> explain(Remembered decision, List<Remembered> later, PageRequest page) {
        LedgerRow<?, ?, ?> row = decision.row();
        if (row == null) {
            return Table.page(
                    heading(decision.line()) + anew(later) + "\nThis is all that can be said: " + decision.unread(),
                    List.of(),
                    page);
        }
        return explain(row, anew(later), page);
    }

    private static String anew(List<Remembered> later) {
        if (later.isEmpty()) {
            return "";
        }
        DecisionLine next = later.get(later.size() - 1).line();
        String more = later.size() == 1 ? "" : ", and " + (later.size() - 1) + " more since";
        return "\nDecided anew: " + next.id() + " -> " + next.choice() + ", at " + InWords.of(next.at()) + more;
    }

    private <Q extends Record, A, O extends Record> CompletionStage<Page<Row>> explain(
            LedgerRow<Q, A, O> row, String anew, PageRequest page) {
        return states.at(row.state())
                .handleAsync(
                        (state, thrown) ->
                                Table.page(heading(row) + anew + note(row, state, thrown), rows(row, state), page),
                        lane)
                .thenComposeAsync(stage -> stage, lane);
    }

    private static String note(LedgerRow<?, ?, ?> row, @Nullable Snapshot state, @Nullable Throwable thrown) {
        if (thrown != null) {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            return "\nThe other candidates cannot be looked at any more: " + PluginBoundary.text(cause);
        }
        return state != null && state.ref().sample() != row.state().sample()
                ? "\nThe loads of that moment are no longer kept; candidates are shown without them"
                : "";
    }

    private static String heading(DecisionLine line) {
        StringBuilder text = new StringBuilder();
        text.append(line.id()).append(' ').append(line.point()).append(' ').append(line.subject());
        text.append(" -> ")
                .append(line.choice())
                .append(", by ")
                .append(line.by().shortName());
        text.append(", ").append(InWords.duration(line.took())).append(", at ").append(InWords.of(line.at()));
        line(text, "Because", line.because());
        line(text, "Not the active strategy", line.fallbackBecause());
        return text.toString();
    }

    private static <Q extends Record, A, O extends Record> List<Row> rows(
            LedgerRow<Q, A, O> row, @Nullable Snapshot state) {
        List<A> candidates = new ArrayList<>();
        Answer<A> answer = row.answer();
        if (answer != null) {
            candidates.add(answer.choice());
            for (Alternative<A> alternative : answer.alternatives()) {
                add(candidates, alternative.choice());
            }
        }
        for (ShadowAnswer<A> shadow : row.shadows()) {
            if (shadow.choice() != null) {
                add(candidates, shadow.choice());
            }
        }
        if (state != null) {
            List<A> all = row.point().candidates(row.question(), state);
            all.removeAll(candidates);
            candidates.addAll(all);
        }
        List<Row> rows = new ArrayList<>();
        for (A candidate : candidates) {
            rows.add(row(row, candidate, state));
        }
        rows.sort(Comparator.comparing(Row::verdict));
        return rows;
    }

    private static <A> void add(List<A> candidates, A candidate) {
        if (!candidates.contains(candidate)) {
            candidates.add(candidate);
        }
    }

    private static <Q extends Record, A, O extends Record> Row row(
            LedgerRow<Q, A, O> row, A candidate, @Nullable Snapshot state) {
        List<String> shadows = new ArrayList<>();
        for (ShadowAnswer<A> shadow : row.shadows()) {
            if (candidate.equals(shadow.choice())) {
                shadows.add(shadow.by().shortName());
            }
        }
        String against = state == null ? "" : Guards.text(Guards.check(row.point(), row.question(), candidate, state));
        Verdict verdict = against.isEmpty() ? Verdict.POSSIBLE : Verdict.RULED_OUT;
        String because = against;
        Answer<A> answer = row.answer();
        if (answer != null && candidate.equals(answer.choice())) {
            verdict = Verdict.CHOSEN;
            because = answer.because();
        } else if (answer != null && against.isEmpty()) {
            for (Alternative<A> alternative : answer.alternatives()) {
                if (candidate.equals(alternative.choice())) {
                    verdict = Verdict.ALTERNATIVE;
                    because = String.format(Locale.ROOT, "score %.4g", alternative.score());
                }
            }
        }
        return new Row(InWords.of(candidate), verdict, String.join(", ", shadows), because);
    }

    private static <Q extends Record, A, O extends Record> String heading(LedgerRow<Q, A, O> row) {
        Answer<A> answer = row.answer();
        StringBuilder text = new StringBuilder();
        text.append(row.id()).append(' ').append(row.point().name()).append(' ').append(row.subject());
        text.append(" -> ").append(answer == null ? "nothing" : InWords.of(answer.choice()));
        text.append(", by ").append(row.by().shortName());
        text.append(", ").append(InWords.duration(row.took()));
        text.append(", at ").append(InWords.of(row.askedAt()));
        text.append(", on revision ").append(row.state().revision());
        text.append(row.reservedAt() == Decision.NOTHING_RESERVED ? "" : ", reserved in " + row.reservedAt());
        line(text, "Failed", row.failure());
        line(text, "Because", answer == null ? null : answer.because());
        line(text, "It says", answer == null || answer.vetoes().isEmpty() ? null : tallies(answer.vetoes()));
        line(text, "Not the active strategy", row.fallbackBecause());
        for (ShadowAnswer<A> shadow : row.shadows()) {
            line(text, "Shadow " + shadow.by().shortName(), text(shadow));
        }
        Record outcome = row.outcome();
        line(text, "Outcome", outcome == null ? null : InWords.of(outcome));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            text.append('\n').append(name).append(": ").append(value);
        }
    }

    private static String tallies(List<Tally> vetoes) {
        List<String> all = new ArrayList<>();
        for (Tally veto : vetoes) {
            all.add(veto.count() + " by " + veto.rule());
        }
        return String.join(", ", all);
    }

    private static String text(ShadowAnswer<?> shadow) {
        if (shadow.failure() != null) {
            return shadow.failure();
        }
        return (shadow.agrees() ? "the same" : InWords.of(shadow.choice()))
                + " in " + InWords.duration(shadow.took()) + ": " + shadow.because()
                + (shadow.violations().isEmpty() ? "" : "; would break " + Guards.text(shadow.violations()));
    }
}
