package org.vinestock.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.StrategyRef;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;

class InWordsTest {
    record Pair(VmId vm, int freeCores) {}

    record Info(VmId id, List<Pair> pairs, List<VmId> others) {}

    record Said(String sentence) {}

    @Test
    void writesValuesAsPeopleTypeThem() {
        assertEquals("vm-1", InWords.of(new VmId("vm-1")));
        assertEquals("app=web", InWords.of(Labels.of("app", "web")));
        assertEquals("acme@1.0", InWords.of(new StrategyRef("placement.place", "acme", "1.0", "0123456789ab")));
        assertEquals("yes", InWords.of(true));
        assertEquals("0.50", InWords.of(new BigDecimal("0.50")));
    }

    @Test
    void writesADashForNothing() {
        assertEquals("-", InWords.of(null));
        assertEquals("-", InWords.of(""));
        assertEquals("-", InWords.of(Optional.empty()));
        assertEquals("-", InWords.of(List.of()));
        assertEquals("-", InWords.of(Labels.NONE));
    }

    @Test
    void keepsACellInOneLine() {
        assertEquals("a b", InWords.of("a \n b"));
    }

    @Test
    void writesFractionsShortly() {
        assertEquals("0.33", InWords.of(1 / 3.0));
        assertEquals("12345", InWords.of(12345.0));
        assertEquals("0.0012", InWords.of(0.00123));
        assertEquals("1234", InWords.of(1234.4));
        assertEquals("NaN", InWords.of(Double.NaN));
    }

    @Test
    void writesDurationsInTheUnitThatFits() {
        assertEquals("0 s", InWords.duration(Duration.ZERO));
        assertEquals("900 ns", InWords.duration(Duration.ofNanos(900)));
        assertEquals("38 us", InWords.duration(Duration.ofNanos(38_400)));
        assertEquals("12 ms", InWords.duration(Duration.ofNanos(12_345_678)));
        assertEquals("3.2 s", InWords.duration(Duration.ofMillis(3_210)));
        assertEquals("2 min 5 s", InWords.duration(Duration.ofSeconds(125)));
        assertEquals("3 h 4 min", InWords.duration(Duration.ofMinutes(184)));
        assertEquals("40 d 2 h", InWords.duration(Duration.ofHours(962)));
        assertEquals("-38 us", InWords.duration(Duration.ofNanos(-38_400)));
    }

    @Test
    void writesOfARecordWhatThereIs() {
        assertEquals("vm=vm-1, free cores=3", InWords.of(new Pair(new VmId("vm-1"), 3)));
        assertEquals("id=vm-1", InWords.of(new Info(new VmId("vm-1"), List.of(), List.of())));
        assertEquals("-", InWords.of(new Said("")));
    }

    @Test
    void writesATimeToTheSecond() {
        String text = InWords.of(Instant.parse("2026-11-20T13:04:29.693010983Z"));
        assertTrue(text.matches("2026-11-2\\d \\d\\d:\\d\\d:29"), text);
    }
}
