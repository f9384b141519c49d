package org.vinestock.qemu.qmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.qemu.Programs;
import org.vinestock.qemu.wire.SocketLoop;

/** Against the QEMU of this machine, without a guest. */
class RealMonitorTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void drivesQemuByTwoSockets() throws Exception {
        Path program = Programs.find("qemu-system-x86_64", "qemu-system-x86");
        Process process = new ProcessBuilder(List.of(
                        program.toString(),
                        "-M",
                        "none",
                        "-display",
                        "none",
                        "-nodefaults",
                        "-qmp",
                        "unix:" + folder.resolve("commands") + ",server=on,wait=off",
                        "-qmp",
                        "unix:" + folder.resolve("events") + ",server=on,wait=off"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        BlockingQueue<QmpEvent> events = new LinkedBlockingQueue<>();
        try (LaneScheduler scheduler = new LaneScheduler(1, 1, (lane, thrown) -> thrown.printStackTrace());
                SocketLoop loop = SocketLoop.start("qmp-test")) {
            for (int wait = 0; wait < 1000 && process.isAlive() && !Files.exists(folder.resolve("events")); wait++) {
                process.waitFor(10, TimeUnit.MILLISECONDS);
            }
            Monitor commands = connected(loop, scheduler, "commands", events);
            Monitor listener = connected(loop, scheduler, "events", events);
            assertTrue(commands.version().compareTo(QemuVersion.OLDEST) >= 0, "version " + commands.version());
            Object schema = get(commands.execute("query-qmp-schema", LIMIT).toCompletableFuture());
            assertTrue(((List<?>) schema).size() > 500, "so many entries of the schema are known");
            CompletionException refused = org.junit.jupiter.api.Assertions.assertThrows(
                    CompletionException.class,
                    () -> commands.execute("device_del", Map.of("id", "no such one"), LIMIT)
                            .toCompletableFuture()
                            .join());
            assertEquals(QmpErrorClass.DEVICE_NOT_FOUND, ((QmpException) refused.getCause()).errorClass());
            get(commands.execute("quit", LIMIT).toCompletableFuture());
            get(listener.lost().toCompletableFuture());
            assertEquals("SHUTDOWN", events.poll(10, TimeUnit.SECONDS).name());
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
    }

    private Monitor connected(SocketLoop loop, LaneScheduler scheduler, String name, BlockingQueue<QmpEvent> events)
            throws Exception {
        return get(Monitor.connect(loop, folder.resolve(name), scheduler, events::add)
                .toCompletableFuture());
    }

    private static <T> T get(java.util.concurrent.CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
