package org.vinestock.surfaces.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.StrategyRef;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;

class CellsTest {
    record Pair(VmId vm, int freeCores) {}

    record Info(VmId id, List<Pair> pairs, List<VmId> others) {}

    record Said(String sentence) {}

    @Test
    void writesValuesAsPeopleTypeThem() {
        assertEquals("vm-1", Cells.text(new VmId("vm-1")));
        assertEquals("app=web", Cells.text(Labels.of("app", "web")));
        assertEquals("acme@1.0", Cells.text(new StrategyRef("placement.place", "acme", "1.0", "0123456789ab")));
        assertEquals("vm vm-1, free cores 3", Cells.text(new Pair(new VmId("vm-1"), 3)));
        assertEquals("yes", Cells.text(true));
        assertEquals("0.50", Cells.text(new BigDecimal("0.50")));
    }

    @Test
    void writesADashForNothing() {
        assertEquals("-", Cells.text(null));
        assertEquals("-", Cells.text(""));
        assertEquals("-", Cells.text(Optional.empty()));
        assertEquals("-", Cells.text(List.of()));
        assertEquals("-", Cells.text(Labels.NONE));
    }

    @Test
    void keepsACellInOneLine() {
        assertEquals("a b", Cells.text("a \n b"));
    }

    @Test
    void writesFractionsShortly() {
        assertEquals("0.33", Cells.text(1 / 3.0));
        assertEquals("12345", Cells.text(12345.0));
        assertEquals("0.0012", Cells.text(0.00123));
        assertEquals("1234", Cells.text(1234.4));
        assertEquals("NaN", Cells.text(Double.NaN));
    }

    @Test
    void writesDurationsInTheUnitThatFits() {
        assertEquals("0 s", Cells.duration(Duration.ZERO));
        assertEquals("900 ns", Cells.duration(Duration.ofNanos(900)));
        assertEquals("38 us", Cells.duration(Duration.ofNanos(38_400)));
        assertEquals("12 ms", Cells.duration(Duration.ofNanos(12_345_678)));
        assertEquals("3.2 s", Cells.duration(Duration.ofMillis(3_210)));
        assertEquals("2 min 5 s", Cells.duration(Duration.ofSeconds(125)));
        assertEquals("3 h 4 min", Cells.duration(Duration.ofMinutes(184)));
        assertEquals("40 d 2 h", Cells.duration(Duration.ofHours(962)));
        assertEquals("-38 us", Cells.duration(Duration.ofNanos(-38_400)));
    }

    @Test
    void setsOneRecordAsNamesAndValuesWithItsListsAsTables() {
        assertEquals(
                List.of(
                        "id      vm-1",
                        "pairs   VM    FREE CORES",
                        "        vm-2           3",
                        "        vm-3          16",
                        "others  vm-4, vm-5"),
                Table.facts(new Info(
                        new VmId("vm-1"),
                        List.of(new Pair(new VmId("vm-2"), 3), new Pair(new VmId("vm-3"), 16)),
                        List.of(new VmId("vm-4"), new VmId("vm-5")))));
    }

    @Test
    void takesARecordOfOneTextAsASentence() {
        assertEquals(Optional.of("acting is frozen"), Table.sentence(new Said("acting is frozen")));
        assertEquals(Optional.empty(), Table.sentence(new Pair(new VmId("vm-1"), 3)));
    }
}
