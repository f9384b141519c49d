package org.vinestock.surfaces.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vinestock.model.VmId;
import org.vinestock.view.InWords;

class TableTest {
    record Pair(VmId vm, int freeCores) {}

    record Info(VmId id, List<Pair> pairs, List<VmId> others) {}

    record Said(String sentence) {}

    record Alarm(String subject, int count, String message) {}

    record Met(String id, Instant at, Optional<Duration> took, String because) {
        Met(String id, Instant at, Duration took, String because) {
            this(id, at, Optional.of(took), because);
        }
    }

    private static final Alarm ALARM =
            new Alarm("placement.place/acme@1.1#bc6c5f8f7fdf", 2, "it did not answer within 5 ms; roll it back");

    @Test
    void foldsLongTextUnderItsColumn() {
        assertEquals(
                List.of(
                        "SUBJECT                                COUNT  MESSAGE",
                        "placement.place/acme@1.1#bc6c5f8f7fdf      2  it did not",
                        "                                              answer within",
                        "                                              5 ms; roll it",
                        "                                              back"),
                Table.lines(Alarm.class, List.of(ALARM), 60));
    }

    @Test
    void showsTheBeginningOfALongList() {
        List<VmId> many =
                IntStream.range(0, 10_000).mapToObj(i -> new VmId("v" + i)).toList();
        List<String> lines = Table.facts(new Info(new VmId("vm"), List.of(), many), Table.UNLIMITED);
        assertTrue(lines.get(2).startsWith("others  v0, v1, "), lines.get(2));
        assertTrue(lines.get(2).endsWith(", v39 and 9960 more, which --json shows"), lines.get(2));
    }

    @Test
    void setsRowsAsNamesAndValuesWhereTheirWordsDoNotFit() {
        assertEquals(
                List.of(
                        "subject  placement.place/acme@1.1#bc6c5f",
                        "         8f7fdf",
                        "count    2",
                        "message  it did not answer within 5 ms;",
                        "         roll it back",
                        "",
                        "subject  h1",
                        "count    16",
                        "message  -"),
                Table.lines(Alarm.class, List.of(ALARM, new Alarm("h1", 16, "")), 40));
    }

    @Test
    void breaksNoDateAndNoDurationOfATable() {
        Met met = new Met("d-17", Instant.EPOCH, Duration.ofSeconds(62), "nothing was full");
        assertEquals(
                List.of(
                        "ID    AT                   TOOK       BECAUSE",
                        "d-17  " + InWords.of(Instant.EPOCH) + "  1 min 2 s  nothing was",
                        " ".repeat(38) + "full"),
                Table.lines(Met.class, List.of(met), 49));
        assertEquals("id       d-17", Table.lines(Met.class, List.of(met), 44).get(0));
    }

    @Test
    void setsAWideTableForATerminalOfAnyWidth() {
        Met met = new Met("d-17", Instant.EPOCH, Duration.ofSeconds(62), "24 hosts: 16 fit, 8 full; the fullest");
        for (int width = 30; width < 120; width++) {
            List<String> lines = Table.lines(Met.class, List.of(met, met), width);
            int limit = width;
            assertTrue(lines.stream().allMatch(line -> line.length() <= limit), lines.toString());
            assertTrue(String.join("\n", lines).contains(InWords.of(Instant.EPOCH)), lines.toString());
        }
    }

    @Test
    void cutsNothingForScripts() {
        assertEquals(
                2, Table.lines(Alarm.class, List.of(ALARM), Table.UNLIMITED).size());
    }

    @Test
    void foldsTheFactsOfOneRecord() {
        assertEquals(
                List.of(
                        "subject  placement.place/acme@1.1#bc6c5f8f7fd",
                        "         f",
                        "count    2",
                        "message  it did not answer within 5 ms; roll",
                        "         it back"),
                Table.facts(ALARM, 45));
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
                Table.facts(
                        new Info(
                                new VmId("vm-1"),
                                List.of(new Pair(new VmId("vm-2"), 3), new Pair(new VmId("vm-3"), 16)),
                                List.of(new VmId("vm-4"), new VmId("vm-5"))),
                        Table.UNLIMITED));
    }

    @Test
    void takesARecordOfOneTextAsASentence() {
        assertEquals(Optional.of("acting is frozen"), Table.sentence(new Said("acting is frozen")));
        assertEquals(Optional.empty(), Table.sentence(new Pair(new VmId("vm-1"), 3)));
    }
}
