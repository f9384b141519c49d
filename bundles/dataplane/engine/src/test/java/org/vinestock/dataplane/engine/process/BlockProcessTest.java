package org.vinestock.dataplane.engine.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vinestock.dataplane.engine.Qemu;
import org.vinestock.dataplane.engine.process.RunningProcess.Control;

/** Real processes: started, ordered about, killed. */
@Timeout(120)
class BlockProcessTest {
    private static final int PIECE = 4096;
    private static final int PIECES = 1000;
    private static final int DEATHS = 5;

    @TempDir
    Path files;

    private RunningProcess process;
    private Path disk;

    @BeforeEach
    void start() throws Exception {
        disk = Files.write(files.resolve("disk.raw"), new byte[4 << 20]);
        process = new RunningProcess();
    }

    @AfterEach
    void stop() throws Exception {
        process.end();
    }

    private Map<String, Object> spec() {
        return spec("raw", List.of(disk.toString()));
    }

    private static Map<String, Object> spec(String format, List<String> chain) {
        return Map.of("name", "disk", "format", format, "chain", chain, "writable", true);
    }

    @Test
    void newestEpochWinsAndOlderOnesAreRefusedByName() throws Exception {
        Control old = process.connect(1, 3); // the version before is still spoken
        Control newer = process.connect(2, 4);
        assertTrue(old.refused("STALE_EPOCH", "serve", spec()).contains("holder-4"));
        newer.ok("serve", spec());
        assertEquals(true, newer.ok("serve", spec()), "the same again changes nothing");
        Map<String, Object> refused = new Control(process.open()).hello(1, 3, "holder-3");
        assertEquals("STALE_EPOCH", refused.get("error"));
        assertTrue(String.valueOf(refused.get("message")).contains("holder-4"));
        Map<String, Object> second = new Control(process.open()).hello(2, 4, "another that saw 3");
        assertEquals("STALE_EPOCH", second.get("error"), "of two that show the same epoch, one gives orders");
        assertTrue(process.connect(2, 4).ok("list", Map.of()).toString().contains("name=disk"), "it may come again");
        assertEquals(
                "UNKNOWN_VERSION", new Control(process.open()).hello(9, 5, "x").get("error"));
        newer.ok("advise", Map.of("name", "disk", "offset", 0L, "length", 1L << 20));
        assertTrue(newer.ok("stats", Map.of()).toString().contains("name=disk"));
        newer.ok("withdraw", Map.of("name", "disk"));
        assertEquals(List.of(), newer.ok("list", Map.of()));
        for (String socket : List.of("nbd.sock", "control.sock")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(process.folder.resolve(socket))));
        }
    }

    @Test
    void theVersionBeforeIsSpokenAndKnowsNothingOfImages() throws Exception {
        Control before = process.connect(1, 1);
        before.ok("serve", spec());
        assertTrue(before.refused("UNKNOWN_REQUEST", "image.info", Map.of("file", disk.toString(), "format", "raw"))
                .contains("image.info"));
        before.ok("watch", Map.of("millis", 100L));
        assertEquals("traffic", before.receive().get("event"));
        before.refused("INVALID", "watch", Map.of("millis", 100L));
        before.ok("withdraw", Map.of("name", "disk"));
    }

    @Test
    void badOrdersAreRefusedByNameAndTheNextOneIsHeard() throws Exception {
        Control control = process.connect(2, 1);
        control.refused("UNKNOWN_REQUEST", "fly", Map.of());
        control.refused("INVALID", "serve", Map.of("name", 3L));
        control.refused("NOT_SERVED", "withdraw", Map.of("name", "no"));
        control.refused("CANNOT_OPEN", "serve", spec("raw", List.of("/no")));
        assertTrue(control.refused("INVALID", "serve", spec("raw", List.of("disk.raw")))
                .contains("accepted: an absolute path"));
        assertTrue(control.refused("INVALID", "serve", spec("raw", List.of("/a\0b")))
                .contains("is no path"));
        control.refused("INVALID", "serve", spec("vmdk", List.of(disk.toString())));
        assertEquals(List.of(), control.ok("list", Map.of()));
    }

    @Test
    void nothingIsAcknowledgedThatIsNotJournaled() throws Exception {
        Control control = process.connect(2, 1);
        Path hindrance = process.folder.resolve("journal.new");
        Files.createDirectory(hindrance);
        control.refused("FAILED", "serve", spec());
        control.refused("FAILED", "serve", spec());
        assertEquals(List.of(), control.ok("list", Map.of()));
        Files.delete(hindrance);
        control.ok("serve", spec());
        Files.createDirectory(hindrance);
        control.refused("FAILED", "withdraw", Map.of("name", "disk"));
        assertTrue(control.ok("list", Map.of()).toString().contains("problem=null"), "it is served as before");
        Files.delete(hindrance);
        assertTrue(ProcessHandle.of(control.pid).orElseThrow().destroyForcibly());
        RunningProcess.awaitEnd(control.pid);
        assertTrue(process.connect(2, 1).ok("list", Map.of()).toString().contains("problem=null"));
    }

    @Test
    void whoConnectsBetweenTwoProcessesIsServedByTheSecond() throws Exception {
        Control control = process.connect(2, 1);
        control.ok("serve", spec());
        assertTrue(ProcessHandle.of(control.pid).orElseThrow().destroyForcibly());
        RunningProcess.awaitEnd(control.pid);
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(process.launch.nbdSocket()))) {
            ByteBuffer greeting = ByteBuffer.allocate(8);
            while (greeting.hasRemaining() && client.read(greeting) >= 0) {}
            assertEquals("NBDMAGIC", new String(greeting.array(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void anotherVersionTakesOverAtOnce() throws Exception {
        Control control = process.connect(2, 1);
        control.ok("serve", spec());
        Launch next = process.launch("2");
        List<String> prepared = next.prepare();
        control.ok("drain", Map.of());
        next.start(prepared); // once: the former supervisor may still be there
        Control after = process.connect(2, 2);
        assertEquals("2", after.product);
        try (Stream<Path> there = Files.list(process.folder)) {
            assertEquals(
                    List.of("lib", "lib-2"),
                    there.map(path -> path.getFileName().toString())
                            .filter(name -> name.startsWith("lib"))
                            .sorted()
                            .toList(),
                    "what the former one ran from is removed");
        }
        assertTrue(after.ok("list", Map.of()).toString().contains("problem=null"));
    }

    private static long pieces(String said) {
        return said.lines()
                .filter(line -> line.contains("read " + PIECE + "/" + PIECE + " bytes"))
                .count();
    }

    /** Until the client has come so far, or has ended. */
    private static void awaitRead(int piece, Path said, Process client) {
        while (pieces(read(said)) < piece && client.isAlive()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A chain of three: two overlays of the disk. */
    private List<String> overlays(Control control) throws IOException {
        String beneath = disk.toString();
        String format = "raw";
        List<String> chain = new ArrayList<>(List.of(beneath));
        for (String name : List.of("middle.qcow2", "top.qcow2")) {
            String file = files.resolve(name).toString();
            control.ok("image.overlay", Map.of("file", file, "backing", beneath, "backingFormat", format, "size", -1L));
            chain.add(0, file);
            beneath = file;
            format = "qcow2";
        }
        return chain;
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "qcow2"})
    void aClientThatReconnectsNoticesNoDeath(String format) throws Exception {
        Qemu.needed();
        Control control = process.connect(2, 1);
        List<String> chain = format.equals("raw") ? List.of(disk.toString()) : overlays(control);
        control.ok("serve", spec(format, chain));
        control.close();
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < PIECES; i++) {
            String where = pattern(i) + " " + i * PIECE + " " + PIECE + "\n";
            commands.append("write -P ").append(where).append("flush\nread -P ").append(where);
        }
        Path said = files.resolve("said");
        Process client = new ProcessBuilder(
                        "qemu-io",
                        "--image-opts",
                        "driver=nbd,export=disk,reconnect-delay=60,server.type=unix,server.path="
                                + process.launch.nbdSocket())
                .redirectErrorStream(true)
                .redirectInput(
                        Files.writeString(files.resolve("commands"), commands).toFile())
                .redirectOutput(said.toFile())
                .start();
        long pid = control.pid;
        for (int death = 1; death <= DEATHS; death++) {
            awaitRead(death * PIECES / (DEATHS + 1), said, client);
            assertTrue(client.isAlive(), () -> "it ended before death came: " + read(said));
            assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
            RunningProcess.awaitEnd(pid);
            Control next = process.connect(2, 1);
            assertFalse(pid == next.pid);
            pid = next.pid;
            assertTrue(next.ok("list", Map.of()).toString().contains("problem=null"));
            next.close();
        }
        assertTrue(client.waitFor(60, TimeUnit.SECONDS), () -> read(said));
        String all = read(said);
        assertFalse(all.contains("rror") || all.contains("ailed"), all);
        assertEquals(PIECES, pieces(all), all);
        Control last = process.connect(2, 1);
        last.ok("withdraw", Map.of("name", "disk"));
        if (format.equals("qcow2")) {
            assertEquals(List.of(), zeroesOnly(Files.readAllBytes(disk)), "what is beneath was not written to");
            Map<String, Object> check = Map.of("file", chain.get(0), "format", format, "repair", false);
            assertTrue(last.ok("image.check", check).toString().contains("corruptions=0"));
        }
        String copy = files.resolve("copy.raw").toString();
        last.ok(
                "image.copy",
                Map.of("from", chain.get(0), "fromFormat", format, "to", copy, "format", "raw", "compression", "none"));
        byte[] bytes = Files.readAllBytes(Path.of(copy));
        for (int i = 0; i < PIECES; i++) {
            assertEquals((byte) pattern(i), bytes[i * PIECE]);
            assertEquals((byte) pattern(i), bytes[i * PIECE + PIECE - 1]);
        }
    }

    private static List<Integer> zeroesOnly(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return List.of(i);
            }
        }
        return List.of();
    }

    private static int pattern(int piece) {
        return 1 + piece % 255;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
