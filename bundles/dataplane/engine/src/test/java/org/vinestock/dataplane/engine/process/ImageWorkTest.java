package org.vinestock.dataplane.engine.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.process.RunningProcess.Control;

/** Work on images beside other orders, by a real process. */
@Timeout(120)
class ImageWorkTest {
    private static final long MIB = 1 << 20;

    /** So long that a copy of it is still going on when the test has looked. */
    private static final long BIG = 512 * MIB;

    @TempDir
    Path files;

    private RunningProcess process;
    private Control control;

    @BeforeEach
    void start() throws Exception {
        process = new RunningProcess();
        control = process.connect(2, 1);
    }

    @AfterEach
    void stop() throws Exception {
        process.end();
    }

    private String file(String name) {
        return files.resolve(name).toString();
    }

    /** Bytes that cannot be left out. */
    private void fill(String name) throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        try (var out = Files.newOutputStream(files.resolve(name))) {
            for (long at = 0; at < BIG; at += noise.length) {
                out.write(noise);
            }
        }
    }

    private Map<String, Object> copying(String to) {
        return Map.of("from", file("big"), "fromFormat", "raw", "to", file(to), "format", "raw", "compression", "none");
    }

    private void awaitPart(String name) {
        while (!Files.exists(files.resolve(name + ".part"))) {
            LockSupport.parkNanos(100_000);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> there = Files.list(files)) {
            return there.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void othersAreAnsweredMeanwhileAndOneNameIsMadeOnce() throws Exception {
        fill("big");
        long copy = control.send("image.copy", copying("copy"));
        awaitPart("copy");
        Control other = process.connect(2, 1);
        assertTrue(other.refused("IN_USE", "image.create", Map.of("file", file("copy"), "format", "raw", "size", MIB))
                .contains("is being made"));
        assertTrue(other.refused("IN_USE", "image.delete", Map.of("file", file("big")))
                .contains("it is being copied"));
        Map<String, Object> writable =
                Map.of("name", "d", "format", "raw", "chain", List.of(file("big")), "writable", true);
        assertTrue(control.refused("IN_USE", "serve", writable).contains("it is being copied"));
        assertTrue(Files.exists(files.resolve("copy.part")), "all this was answered while it goes on");
        Map<String, Object> answer = control.answer(copy);
        assertEquals(null, answer.get("error"), answer::toString);
        assertEquals(-1L, Files.mismatch(files.resolve("big"), files.resolve("copy")));
        assertEquals(List.of("big", "copy"), names());
    }

    @Test
    void workEndsWithItsSession() throws Exception {
        fill("big");
        Control gone = process.connect(2, 1);
        gone.send("image.copy", copying("copy"));
        awaitPart("copy");
        gone.close();
        while (names().contains("copy.part")) {
            LockSupport.parkNanos(1_000_000);
        }
        assertEquals(List.of("big"), names());
        Map<String, Object> deleted = control.answer(control.send("image.delete", Map.of("file", file("big"))));
        while ("IN_USE"
                .equals(deleted.get("error"))) { // what was made is gone a moment before what it was made of is free
            deleted = control.answer(control.send("image.delete", Map.of("file", file("big"))));
        }
        assertEquals(true, deleted.get("ok"), deleted.toString());
    }

    @Test
    void aComparisonLetsGoOfWhatItRead() throws Exception {
        fill("big");
        control.ok("image.copy", copying("copy"));
        Map<String, Object> both =
                Map.of("one", file("big"), "oneFormat", "raw", "other", file("copy"), "otherFormat", "raw");
        assertEquals(-1L, control.ok("image.compare", both));
        assertEquals(true, control.ok("image.delete", Map.of("file", file("copy"))), "nobody reads it any more");
    }

    @Test
    void anUpgradeInTheMiddleLeavesNothing() throws Exception {
        fill("big");
        control.send("image.copy", copying("copy"));
        awaitPart("copy");
        Launch next = process.launch("2");
        List<String> prepared = next.prepare();
        process.connect(2, 2).ok("drain", Map.of());
        next.start(prepared);
        String product = "";
        while (!product.equals("2")) {
            try {
                product = process.connect(2, 2).product;
            } catch (AssertionError e) {
                LockSupport.parkNanos(20_000_000); // the former one is still there, and hands over
            }
        }
        assertEquals(List.of("big"), names());
    }

    @Test
    void badSizesNamesAndKindsOfFilesAreRefusedByName() throws Exception {
        for (long size : new long[] {-1, Long.MAX_VALUE}) {
            control.refused("INVALID", "image.create", Map.of("file", file("x"), "format", "qcow2", "size", size));
        }
        control.refused("INVALID", "image.create", Map.of("file", "x", "format", "raw", "size", MIB));
        control.refused("INVALID", "image.create", Map.of("file", "/a\0", "format", "raw", "size", MIB));
        control.refused("CANNOT_OPEN", "image.create", Map.of("file", file("no/x"), "format", "raw", "size", MIB));
        new ProcessBuilder("mkfifo", file("pipe")).start().waitFor();
        assertTrue(control.refused("CANNOT_OPEN", "image.info", Map.of("file", file("pipe"), "format", "raw"))
                .contains("is no file"));
        assertTrue(control.refused("CANNOT_OPEN", "image.info", Map.of("file", file(""), "format", ""))
                .contains("is a folder"));
        assertTrue(control.refused("CANNOT_OPEN", "image.info", Map.of("file", "/dev/zero", "format", "raw"))
                .contains("a block device"));
        assertEquals(List.of("pipe"), names());
        assertFalse(Files.exists(process.folder.resolve("parts")));
    }

    @Test
    void namesOfFilesMayBeOfAnyLanguage() throws Exception {
        String name = "pl\u00e4tte \u65e5\u672c.raw";
        control.ok("image.create", Map.of("file", file("") + "/" + name, "format", "raw", "size", MIB));
        byte[] listed =
                new ProcessBuilder("ls", file("")).start().getInputStream().readAllBytes();
        assertEquals(name, new String(listed, java.nio.charset.StandardCharsets.UTF_8).strip());
    }
}
