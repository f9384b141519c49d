package org.vinestock.lab.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.model.ByteCount;

class TraceReaderTest {
    @TempDir
    Path folder = Path.of("");

    /** Two periods, three batches, five VMs. */
    private Path tiny() throws IOException {
        Files.writeString(folder.resolve("flav_map.txt"), "1,1.75 b\n2,3.5 g\n");
        Files.writeString(folder.resolve("t.interval_map.txt"), "0 0\n300 1\n600 2\n900 2\n");
        Files.writeString(folder.resolve("t.small.c600.txt"), "0 U0,U1,|,C2,|,\n300 U2,U1,|,\n");
        return Files.writeString(folder.resolve("t.small.txt"), "0 b,b,|,g,|,\n300 g,g,|,\n");
    }

    @Test
    void readsFlavoursBatchesAndLifetimes() throws IOException {
        ArrivalTrace trace = TraceReader.read(tiny());

        assertEquals(
                new Flavour('b', 1000, new ByteCount((7L << 30) / 4)),
                trace.flavours().get(0));
        assertArrayEquals(new byte[] {0, 0, 1, 1, 1}, trace.flavour());
        assertArrayEquals(new byte[] {0, 1, 2, 2, 1}, trace.bin());
        assertArrayEquals(new boolean[] {true, true, false, true, true}, trace.ended());
        assertArrayEquals(new int[] {2, 3, 5}, trace.batchEnds());
        assertArrayEquals(new int[] {3, 5}, trace.periodEnds());
        assertArrayEquals(new long[] {0, 300}, trace.periods());
        assertEquals(600, trace.seconds());
    }

    @Test
    void drawsALifetimeBetweenTheEdgesOfItsBin() {
        LifetimeBins bins = new LifetimeBins(new long[] {0, 300, 900});

        assertEquals(0, bins.millis(0, 0.7));
        assertEquals(150_000, bins.millis(1, 0.5));
        assertEquals(300_000, bins.millis(2, 0));
        assertEquals(900_000, bins.millis(2, 1));
    }

    @Test
    void readsThePublicTraceWithItsPublishedFigures(TestReporter reporter) throws IOException {
        Optional<Path> recorded = RecordedTrace.find();
        if (recorded.isEmpty()) {
            reporter.publishEntry("the public trace is not here (-Dvinestock.data=DIR): a small made-up one is read");
        }
        ArrivalTrace trace = TraceReader.read(recorded.isPresent() ? recorded.get() : SmallTrace.write(folder, 100, 7));

        if (recorded.isPresent()) {
            assertEquals(259_159, trace.vms());
            assertEquals(300_000, trace.seconds(), "83 h");
            assertEquals(20_272, peakWithLifetimesInTheMiddleOfTheirBins(trace));
        } else {
            assertEquals(100 * 300, trace.seconds());
            assertTrue(trace.vms() > 100);
        }
    }

    /** Arrivals at the beginning of their period, before what ends at that moment. */
    private static int peakWithLifetimesInTheMiddleOfTheirBins(ArrivalTrace trace) {
        record Event(long atMillis, int change) {}
        List<Event> events = new ArrayList<>();
        int vm = 0;
        for (int period = 0; period < trace.periods().length; period++) {
            for (; vm < trace.periodEnds()[period]; vm++) {
                long at = trace.periods()[period] * 1000;
                events.add(new Event(at, 1));
                if (trace.ended()[vm]) {
                    events.add(new Event(at + trace.bins().millis(trace.bin()[vm], 0.5), -1));
                }
            }
        }
        events.sort(Comparator.comparingLong(Event::atMillis)
                .thenComparing(Comparator.comparingInt(Event::change).reversed()));
        int now = 0;
        int peak = 0;
        for (Event event : events) {
            now += event.change();
            peak = Math.max(peak, now);
        }
        return peak;
    }

    @Test
    void saysWhichLineOfWhichFileIsBrokenAndWhatIsAccepted() throws IOException {
        assertBroken(
                "t.small.txt", "0 b,b,|,g,|,\n300 g,x,|,\n", "t.small.txt line 2 has the flavour \"x\"", "flav_map");
        assertBroken(
                "t.small.txt",
                "0 b,b,|,g,|,\nsoon g,g,|,\n",
                "t.small.txt line 2 has \"soon\" as seconds",
                "seconds, a space");
        assertBroken("t.small.txt", "0 b,b,|,g,|,\n300 g\n", "c600.txt line 2 has more tokens", "as many tokens");
        assertBroken("t.small.c600.txt", "1,1.75 b\n2,3.5 g\n", "c600.txt line 1 is \"1,1.75 b\"", "second 0 like");
        assertBroken("t.small.txt", "0 b,b,|,g,|,\nhello\n", "t.small.txt line 2 is \"hello\"", "seconds, a space");
        assertBroken("t.small.txt", "0 b,b,|,g,|,\n0 g,g,|,\n", "line 2 is", "second 0");
        assertBroken(
                "t.small.txt", "0 b,b,|,g,|,\n", "c600.txt line 2 has no counterpart in t.small.txt", "as many lines");
        assertBroken("t.small.txt", "0 b,b,|,g,|,\n300 g,g,g,|,\n", "c600.txt line 2 has \"|\" where", "a bar where");
        assertBroken("t.small.txt", "0 b,b,|,g,|,\n300 g,g,|,b\n", "t.small.txt line 2 has more tokens", "as many");
        assertBroken("t.small.txt", "0 b,b,|,g,|,\n-5 g,g,|,\n", "line 2 has \"-5\" as seconds", "seconds, a space");
        assertBroken(
                "t.small.c600.txt",
                "0 U0,X1,|,C2,|,\n300 U2,U1,|,\n",
                "line 1 has the lifetime \"X1\"",
                "bin from 0 to 2");
        assertBroken(
                "t.small.c600.txt",
                "0 U0,U9,|,C2,|,\n300 U2,U1,|,\n",
                "line 1 has the lifetime \"U9\"",
                "bin from 0 to 2");
        assertBroken("t.small.c600.txt", "0 U0,U1,|,C2,|,\n600 U2,U1,|,\n", "line 2 is \"600 U2", "second 300");
        assertBroken("t.interval_map.txt", "0 0\n300 1\n600 3\n", "interval_map.txt line 3", "without a gap");
        assertBroken("t.interval_map.txt", "0 0\n300\n", "interval_map.txt line 2 is \"300\"", "seconds and bin");
        assertBroken("t.interval_map.txt", "", "is empty", "seconds and bin");
        assertBroken("flav_map.txt", "1,1.75 b\n2;3.5 g\n", "flav_map.txt line 2 is \"2;3.5 g\"", "vCPU,GB");
        assertBroken(
                "flav_map.txt", "1,1.75 b\n2,3.5 b\n", "flav_map.txt line 2 gives the letter b a second time", "once");
        assertBroken("t.small.txt", "", "c600.txt line 1 has no counterpart", "as many lines");
    }

    private void assertBroken(String file, String text, String message, String accepted) throws IOException {
        Path arrivals = tiny();
        Files.writeString(folder.resolve(file), text);
        String said = assertThrows(IllegalArgumentException.class, () -> TraceReader.read(arrivals))
                .getMessage();
        assertTrue(said.contains(message), said);
        assertTrue(said.contains("accepted: ") && said.contains(accepted), said);
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        for (String companion : List.of("flav_map.txt", "t.interval_map.txt", "t.small.c600.txt", "t.small.txt")) {
            Path arrivals = tiny();
            Files.delete(folder.resolve(companion));
            String said = assertThrows(IllegalArgumentException.class, () -> TraceReader.read(arrivals))
                    .getMessage();
            assertTrue(said.contains(companion.replace("c600.txt", "cN.txt")), said);
        }
    }

    @Test
    void refusesTwoFilesOfLifetimesAndAStrangeName() throws IOException {
        Path arrivals = tiny();
        Files.writeString(folder.resolve("t.small.c900.txt"), "");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TraceReader.read(arrivals))
                .getMessage()
                .contains("accepted: one file of lifetimes"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> TraceReader.read(folder.resolve("t.csv")))
                .getMessage()
                .contains("NAME.txt"));
    }

    @Test
    void saysThatAFileIsNotPackedThoughItsNameSaysSo() throws IOException {
        Path arrivals = SmallTrace.write(folder, 2, 3);
        for (String text : List.of("0 b,b,|,\n", "")) {
            Files.writeString(arrivals, text);
            String said = assertThrows(IllegalArgumentException.class, () -> TraceReader.read(arrivals))
                    .getMessage();
            assertTrue(said.contains("small.txt.gz is not packed") && said.contains("accepted: gzip"), said);
        }
    }

    @Test
    void saysThatAPackedFileIsCutOff() throws IOException {
        Path arrivals = SmallTrace.write(folder, 200, 3);
        byte[] whole = Files.readAllBytes(arrivals);
        Files.write(arrivals, java.util.Arrays.copyOf(whole, whole.length / 2));

        String said = assertThrows(IllegalArgumentException.class, () -> TraceReader.read(arrivals))
                .getMessage();
        assertTrue(said.contains("small.txt.gz cannot be read after line "), said);
    }
}
