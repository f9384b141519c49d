package org.vinestock.dataplane.engine.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.nbd.NbdServer;

/** Real processes: started, ordered about, killed. */
@Timeout(120)
class BlockProcessTest {
    private static final int PIECE = 4096;
    private static final int PIECES = 1000;
    private static final int DEATHS = 5;

    @TempDir
    Path files;

    private Path folder;
    private Launch launch;
    private Path disk;

    @BeforeEach
    void start() throws Exception {
        // Paths of sockets are short, those of test folders are not.
        folder = Files.createTempDirectory("blk");
        disk = Files.write(files.resolve("disk.raw"), new byte[4 << 20]);
        launch = new Launch(folder, List.of(place(NbdServer.class), place(com.sun.jna.Native.class)));
        launch.start();
    }

    @AfterEach
    void stop() throws Exception {
        Control control = connect(1000);
        control.ask("drain", Map.of());
        control.frames.close();
        awaitEnd(Long.parseLong(
                Files.readString(folder.resolve("supervisor.pid")).strip()));
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void awaitEnd(long pid) throws Exception {
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(20, TimeUnit.SECONDS);
        }
    }

    /** Somebody who gives orders. */
    private static final class Control {
        final Frames frames;
        long pid;
        private long id;

        Control(Frames frames) {
            this.frames = frames;
        }

        Map<String, Object> hello(long version, long epoch) throws IOException {
            Map<String, Object> greeting = frames.receive().orElseThrow();
            pid = (Long) greeting.get("pid");
            frames.send(Map.of("version", version, "epoch", epoch, "holder", "holder-" + epoch));
            return frames.receive().orElseThrow();
        }

        Map<String, Object> ask(String request, Map<String, Object> fields) throws IOException {
            Map<String, Object> message = new LinkedHashMap<>(fields);
            message.put("id", ++id);
            message.put("request", request);
            frames.send(message);
            Map<String, Object> answer = frames.receive().orElseThrow();
            assertEquals(id, answer.get("id"));
            return answer;
        }
    }

    /** Connects as soon as somebody listens. */
    private Frames open() throws IOException {
        for (int i = 0; ; i++) {
            SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                socket.connect(UnixDomainSocketAddress.of(launch.controlSocket()));
                return new Frames(socket);
            } catch (IOException e) {
                socket.close();
                if (i > 1000) {
                    throw e;
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private Control connect(long epoch) throws IOException {
        Control control = new Control(open());
        assertEquals(Map.of("version", 1L), control.hello(1, epoch));
        return control;
    }

    private Map<String, Object> spec() {
        return Map.of("name", "disk", "format", "raw", "chain", List.of(disk.toString()), "writable", true);
    }

    @Test
    void newestEpochWinsAndOlderOnesAreRefusedByName() throws Exception {
        Control old = connect(3);
        Control newer = connect(4);
        assertEquals("STALE_EPOCH", old.ask("serve", spec()).get("error"));
        assertEquals(true, newer.ask("serve", spec()).get("ok"));
        assertEquals(true, newer.ask("serve", spec()).get("ok"), "the same again changes nothing");
        assertEquals("UNKNOWN_REQUEST", newer.ask("fly", Map.of()).get("error"));
        assertEquals("INVALID", newer.ask("serve", Map.of("name", 3L)).get("error"));
        assertEquals("NOT_SERVED", newer.ask("withdraw", Map.of("name", "no")).get("error"));
        assertEquals(
                "CANNOT_OPEN",
                newer.ask("serve", Map.of("name", "x", "format", "raw", "chain", List.of("/no"), "writable", true))
                        .get("error"));
        Map<String, Object> refused = new Control(open()).hello(1, 3);
        assertEquals("STALE_EPOCH", refused.get("error"));
        assertTrue(String.valueOf(refused.get("message")).contains("holder-4"));
        assertEquals("UNKNOWN_VERSION", new Control(open()).hello(9, 5).get("error"));
        assertEquals(
                true,
                newer.ask("advise", Map.of("name", "disk", "offset", 0L, "length", 1L << 20))
                        .get("ok"));
        assertTrue(newer.ask("stats", Map.of()).get("ok").toString().contains("name=disk"));
        assertEquals(true, newer.ask("withdraw", Map.of("name", "disk")).get("ok"));
        assertEquals(List.of(), newer.ask("list", Map.of()).get("ok"));
        for (String socket : List.of("nbd.sock", "control.sock")) {
            assertEquals(
                    "rw-------",
                    java.nio.file.attribute.PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve(socket))));
        }
    }

    /** Until the client has come so far, or has ended. */
    private void awaitWritten(int piece, Process client) throws IOException {
        try (FileChannel written = FileChannel.open(disk)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            while (one.get(0) == 0 && client.isAlive()) {
                written.read(one.clear(), (long) piece * PIECE);
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Test
    void aClientThatReconnectsNoticesNoDeath() throws Exception {
        boolean there = Files.isExecutable(Path.of("/usr/bin/qemu-io"));
        if (!"required".equals(System.getenv("VINESTOCK_REAL"))) {
            Assumptions.assumeTrue(there, "qemu-io is not installed");
        }
        Control control = connect(1);
        assertEquals(true, control.ask("serve", spec()).get("ok"));
        control.frames.close();
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i < PIECES; i++) {
            String where = pattern(i) + " " + i * PIECE + " " + PIECE + "\n";
            commands.append("write -P ").append(where).append("flush\nread -P ").append(where);
        }
        Path said = files.resolve("said");
        Process client = new ProcessBuilder(
                        "qemu-io",
                        "--image-opts",
                        "driver=nbd,export=disk,reconnect-delay=60,server.type=unix,server.path=" + launch.nbdSocket())
                .redirectErrorStream(true)
                .redirectInput(
                        Files.writeString(files.resolve("commands"), commands).toFile())
                .redirectOutput(said.toFile())
                .start();
        long pid = control.pid;
        for (int death = 1; death <= DEATHS; death++) {
            awaitWritten(death * PIECES / (DEATHS + 1), client);
            assertTrue(client.isAlive(), () -> "it ended before death came: " + read(said));
            assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
            awaitEnd(pid);
            Control next = connect(1);
            assertFalse(pid == next.pid);
            pid = next.pid;
            assertTrue(next.ask("list", Map.of()).get("ok").toString().contains("problem=null"));
            next.frames.close();
        }
        assertTrue(client.waitFor(60, TimeUnit.SECONDS), () -> read(said));
        String all = read(said);
        assertFalse(all.contains("rror") || all.contains("ailed"), all);
        assertEquals(
                PIECES,
                all.lines()
                        .filter(line -> line.contains("read " + PIECE + "/" + PIECE + " bytes"))
                        .count(),
                all);
        byte[] bytes = Files.readAllBytes(disk);
        for (int i = 0; i < PIECES; i++) {
            assertEquals((byte) pattern(i), bytes[i * PIECE]);
            assertEquals((byte) pattern(i), bytes[i * PIECE + PIECE - 1]);
        }
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
