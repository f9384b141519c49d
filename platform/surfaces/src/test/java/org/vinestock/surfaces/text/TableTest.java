package org.vinestock.surfaces.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vinestock.model.VmId;

class TableTest {
    record Pair(VmId vm, int freeCores) {}

    record Info(VmId id, List<Pair> pairs, List<VmId> others) {}

    record Said(String sentence) {}

    record Alarm(String subject, int count, String message) {}

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
    void breaksWordsOnlyIfNothingElseHelps() {
        List<String> lines = Table.lines(Alarm.class, List.of(ALARM), 40);
        assertEquals("SUBJECT                   COUNT  MESSAGE", lines.get(0));
        assertEquals("placement.place/acme@1.1      2  it did", lines.get(1));
        assertEquals("#bc6c5f8f7fdf                    not", lines.get(2));
        assertEquals(40, lines.stream().mapToInt(String::length).max().orElseThrow());
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
