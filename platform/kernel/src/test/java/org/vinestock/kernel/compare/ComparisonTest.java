package org.vinestock.kernel.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.kernel.ledger.LatencyHistogram;
import org.vinestock.trial.TrialRequest;

class ComparisonTest {
    private static Measured measured(String strategy, long asked, long refused, double used, int vetoes) {
        SortedMap<String, Integer> rules = new TreeMap<>();
        if (vetoes > 0) {
            rules.put("capacity", vetoes);
        }
        Figures figures =
                new Figures(strategy, asked, refused, used, 9, 0, vetoes, vetoes, Duration.ZERO, Duration.ZERO, 1);
        return new Measured(figures, List.of(), List.of(), List.of(), rules, List.of(), new LatencyHistogram());
    }

    private static String verdict(Measured first, Measured second) {
        return new Comparison(
                        "p", "w", "hosts in use", new TrialRequest("demand", null, null, 1), List.of(first, second))
                .verdict();
    }

    @Test
    void whatIsTurnedAwayCountsFirst() {
        assertEquals(
                "b@1 is better here: it turned away 10 of 2,000 (0.50 %), a@1 40 of 2,000 (2.0 %); with 9.0 and 3.0 hosts in"
                        + " use on average.",
                verdict(measured("a@1", 2_000, 40, 3, 0), measured("b@1", 2_000, 10, 9, 0)));
    }

    @Test
    void thenWhatIsUsed() {
        assertEquals(
                "a@1 is better here: both turned away nothing, and it needed 3.0 hosts in use on average where b@1 needed"
                        + " 4.0 (25.0 % fewer).",
                verdict(measured("a@1", 100, 0, 3, 0), measured("b@1", 100, 0, 4, 0)));
        assertEquals(
                "b@1 is better here: both turned away 5 of 100 (5.0 %), and it needed 2.0 hosts in use on average where"
                        + " a@1 needed 4.0 (50.0 % fewer).",
                verdict(measured("a@1", 100, 5, 4, 0), measured("b@1", 100, 5, 2, 0)));
    }

    @Test
    void whatCannotBeReadFromTheFiguresIsNoDifference() {
        assertEquals(
                "No difference that counts: both turned away nothing and needed 3.0 hosts in use on average.",
                verdict(measured("a@1", 100, 0, 3.01, 0), measured("b@1", 100, 0, 3.02, 0)));
        assertEquals(
                "Nothing was asked, so there is nothing to compare.",
                verdict(measured("a@1", 0, 0, 0, 0), measured("b@1", 0, 0, 0, 0)));
    }

    @Test
    void brokenRulesAreSaid() {
        assertEquals(
                "No difference that counts: both turned away nothing and needed 3.0 hosts in use on average. But a@1 left 7"
                        + " of 100 answers to the fallback: the guardrails refused 7 of its own (capacity 7).",
                verdict(measured("a@1", 100, 0, 3, 7), measured("b@1", 100, 0, 3, 0)));
    }
}
