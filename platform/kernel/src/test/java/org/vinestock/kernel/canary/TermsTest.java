package org.vinestock.kernel.canary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;

/** Terms as people type them, as they are kept, and what they say about counts. */
class TermsTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private static Side side(int asked, int fallbacks, int refusals, Duration took) {
        Side side = new Side(() -> {});
        for (int i = 0; i < asked; i++) {
            side.ended(i < fallbacks, i < refusals, took);
        }
        return side;
    }

    private static String broken(String condition, Side canary, Side others) {
        return Condition.parse(condition).broken(canary, others, 30);
    }

    @Test
    void isReadAgainAsItWasKept() {
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put("team", "web & co = 1");
        labels.put("ümläut b", "");
        Terms terms = new Terms(
                new Share(50, new Labels(labels)),
                List.of(Condition.parse("Fallbacks > 2.50 %"), Condition.parse("p99>active + 50%")),
                30,
                NOW,
                NOW.plusSeconds(1800),
                Then.PROMOTE);
        Terms again = Terms.parse(terms.kept());
        assertEquals(terms.kept(), again.kept());
        assertEquals(terms.share(), again.share());
        assertEquals("[fallbacks>2.50%, p99>active+50%]", again.abortIf().toString());
        assertEquals("0.5 % of those with team=web & co = 1,ümläut b= for 30 min 0 s, then ACTIVE", again.text());
    }

    @Test
    void judgesCountsAtOnceAndSharesFromTheSampleOn() {
        Side none = side(0, 0, 0, Duration.ZERO);
        assertEquals("fallbacks 1 > 0 (1 questions)", broken("fallbacks>0", side(1, 1, 0, Duration.ZERO), none));
        assertNull(broken("fallbacks>1", side(1, 1, 0, Duration.ZERO), none));
        assertNull(broken("fallbacks>2%", side(29, 29, 0, Duration.ZERO), none));
        assertEquals(
                "fallbacks 3.3 % > 2 % (1 of 30 questions)",
                broken("fallbacks>2%", side(30, 1, 0, Duration.ZERO), none));
        assertNull(broken("fallbacks>2%", side(50, 1, 0, Duration.ZERO), none));
    }

    @Test
    void comparesOnlyIfTheOthersWereAskedOftenEnoughToo() {
        Side canary = side(100, 0, 12, Duration.ofMillis(3));
        assertNull(broken("refusals>active+1%", canary, side(29, 0, 0, Duration.ofMillis(1))));
        assertNull(broken("refusals>active+2%", canary, side(100, 0, 10, Duration.ofMillis(1))));
        assertEquals(
                "refusals 12.0 % > ACTIVE's 10.0 % + 1.5 % (12 of 100 questions)",
                broken("refusals>active+1.5%", canary, side(100, 0, 10, Duration.ofMillis(1))));
        assertEquals(
                "p99 3 ms > ACTIVE's 1 ms + 100 % (100 questions)",
                broken("p99>active+100%", canary, side(100, 0, 0, Duration.ofMillis(1))));
        assertEquals("p99 3 ms > 2 ms (100 questions)", broken("p99>2ms", canary, canary));
        String hardlyAbove = broken("p99>50ms", side(100, 0, 0, Duration.ofMillis(50)), canary);
        assertTrue(hardlyAbove.matches("p99 50\\.\\d+ ms > 50 ms \\(100 questions\\)"), hardlyAbove);
        assertNull(broken("p99>4ms", canary, canary));
    }

    @Test
    void saysWhatIsAccepted() {
        for (String wrong : List.of(
                "",
                "fallbacks",
                "fallbacks<2%",
                "failbacks>2%",
                "fallbacks>2ms",
                "p99>2",
                "p99>2%",
                "p99>active+2ms",
                "violations>active+3",
                "fallbacks>-1%",
                "fallbacks>2% or so")) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> Condition.parse(wrong), wrong);
            assertTrue(
                    refused.getMessage().startsWith("\"" + wrong + "\"; accepted: one of fallbacks, violations, "),
                    refused.getMessage());
        }
        for (String wrong : List.of("", "0%", "101%", "0.001%", "a tenth", "-5%", "10%%", "10pct%", "pct")) {
            assertThrows(IllegalArgumentException.class, () -> Share.parse(wrong), wrong);
        }
        assertEquals(1_000, Share.parse("10%"));
        assertEquals(1_000, Share.parse("10"));
        assertEquals(1_000, Share.parse("10pct"));
        assertEquals(1, Share.parse(" 0.01 % "));
        assertEquals(Share.ALL, Share.parse("100%"));
    }

    @Test
    void canBeTypedWithoutQuotes() {
        for (String each : List.of("fallbacks>2%", "p99>active+50%", "violations>0", "p99>2ms")) {
            String plain = each.replace('>', ':').replace("%", "pct");
            assertEquals(each, Condition.parse(plain).toString());
        }
    }

    @Test
    void allLabelsMustMatch() {
        TreeMap<String, String> two = new TreeMap<>();
        two.put("team", "web");
        two.put("tier", "db");
        Share share = new Share(Share.ALL, new Labels(two));
        assertFalse(share.takes(new VmId("vm-1"), Labels.of("team", "web")));
        assertTrue(share.takes(new VmId("vm-1"), new Labels(two)));
        assertFalse(share.takes(new VmId("vm-1"), Labels.NONE));
    }
}
