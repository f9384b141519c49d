package org.vinestock.dataplane.engine.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.RawDevice;
import org.vinestock.dataplane.engine.medium.FileMedium;
import org.vinestock.dataplane.engine.nbd.Export;
import org.vinestock.dataplane.engine.nbd.Traffic;

class SummariesTest {
    private static final long SIZE = 1L << 40;
    private static final long GRANULE = SIZE / 1024;

    @TempDir
    Path folder;

    private static List<Export> touchedAllOver(BlockDevice device, int count) {
        List<Export> exports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Traffic traffic = new Traffic(SIZE);
            for (long at = 0; at < SIZE; at += GRANULE) {
                traffic.read(at, 123_456_789_012L);
                traffic.write(at, 123_456_789_012L);
            }
            exports.add(new Export("disk-0123456789abcdef-" + i, "", device, true, false, false, Map.of(), traffic));
        }
        return exports;
    }

    private static Map<?, ?> only(List<?> summaries) {
        return (Map<?, ?>) summaries.get(0);
    }

    @Test
    void allThatIsServedFitsIntoOneMessage() throws Exception {
        try (IoThreads threads = new IoThreads("test", 1);
                RawDevice device = new RawDevice(
                        FileMedium.create(Files.createTempFile(folder, "x", "").resolveSibling("y")), threads)) {
            List<?> most = Summaries.of(touchedAllOver(device, Disks.MOST));
            int bytes = Json.write(Map.of("ok", most)).getBytes(StandardCharsets.UTF_8).length;
            assertTrue(bytes < Frames.LONGEST - 4096, bytes + " bytes");
            assertEquals(4 * GRANULE, only(most).get("granuleBytes"));
            List<?> ranges = (List<?>) only(most).get("ranges");
            assertEquals(256, ranges.size());
            assertEquals(List.of(255L, 4 * 123_456_789_012L, 4 * 123_456_789_012L), ranges.get(255));
            Map<?, ?> one = only(Summaries.of(touchedAllOver(device, 1)));
            assertEquals(GRANULE, one.get("granuleBytes"));
            assertEquals(1024, ((List<?>) one.get("ranges")).size());
        }
    }
}
