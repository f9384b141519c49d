package org.vinestock.qemu.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.qemu.Programs;
import org.vinestock.qemu.process.Launcher;
import org.vinestock.qemu.process.ProcessIdentity;
import org.vinestock.qemu.process.VmFolder;
import org.vinestock.qemu.qmp.Monitor;
import org.vinestock.qemu.qmp.QmpEvent;
import org.vinestock.qemu.wire.Link;
import org.vinestock.qemu.wire.Receiver;
import org.vinestock.qemu.wire.SocketLoop;
import org.vinestock.testkit.guest.TestGuest;

/** The arguments, the process and the monitor of a guest that really boots; its name and folder have what breaks options. */
class RealGuestTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path root;

    private @Nullable ProcessIdentity process;

    @AfterEach
    void end() {
        if (process != null) {
            process.end(true);
        }
    }

    @Test
    void bootsReadsItsDiskAndPowersOff() throws Exception {
        Path program = Programs.find("qemu-system-x86_64", "qemu-system-x86");
        TestGuest guest = TestGuest.make();
        VmFolder folder = new VmFolder(root.resolve("vm,=one"));
        folder.make();
        Path disk = root.resolve("disk, of \"vm\"");
        Files.write(disk, "what is on the disk\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
        Hardware hardware = new Hardware(
                new UUID(1, 2),
                "vm,id=one",
                1,
                96 << 20,
                new Boot.Kernel(guest.kernel(), guest.initramfs(), TestGuest.COMMAND_LINE),
                List.of(new Disk("disk0", new Disk.Source.RawFile(disk), false)),
                List.of(new Nic("nic0", "52:54:00:12:34:56", new Nic.Network.Isolated())));
        process = Launcher.start(
                CommandLine.of(program, hardware, Accelerator.TCG, folder, root.resolve("memory"), true),
                folder.path(),
                folder.log(),
                Launcher.Limits.VM);
        BlockingQueue<QmpEvent> events = new LinkedBlockingQueue<>();
        try (LaneScheduler scheduler = new LaneScheduler(1, 1, (lane, thrown) -> thrown.printStackTrace());
                SocketLoop loop = SocketLoop.start("qemu-test")) {
            await(folder.socket("console"), folder);
            Monitor commands = of(Monitor.connect(loop, folder.socket("commands"), scheduler, event -> {}));
            of(Monitor.connect(loop, folder.socket("events"), scheduler, events::add));
            Console console = new Console();
            Link typed = of(loop.connect(folder.socket("console"), console));
            assertEquals(process, folder.process().orElseThrow());
            of(commands.execute("cont", LIMIT));
            console.await(TestGuest.UP);
            typed.send("head -c 19 /dev/vda; echo; ls /sys/class/net; ls /dev/watchdog\n"
                    .getBytes(StandardCharsets.US_ASCII));
            console.await("what is on the disk");
            console.await("eth0");
            console.await("/dev/watchdog");
            assertEquals(96 << 20, Files.size(root.resolve("memory")));
            typed.send("poweroff -f\n".getBytes(StandardCharsets.US_ASCII));
            QmpEvent shutdown = events.poll(20, TimeUnit.SECONDS);
            while (shutdown != null && !shutdown.name().equals("SHUTDOWN")) {
                shutdown = events.poll(20, TimeUnit.SECONDS);
            }
            assertEquals(Map.of("guest", true, "reason", "guest-shutdown"), shutdown.data());
            of(commands.lost());
        }
        for (int wait = 0; wait < 500 && process.alive(); wait++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertFalse(process.alive());
        assertTrue(Files.readString(folder.console()).contains(TestGuest.UP));
    }

    private static void await(Path socket, VmFolder folder) throws Exception {
        for (int wait = 0; wait < 2000 && !Files.exists(socket); wait++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertTrue(Files.exists(socket), () -> "QEMU said: " + said(folder));
    }

    private static String said(VmFolder folder) {
        try {
            return Files.readString(folder.log());
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    private static <T> T of(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Remembers what the guest printed. */
    private static final class Console implements Receiver {
        private final StringBuilder text = new StringBuilder();

        @Override
        public synchronized void received(ByteBuffer bytes) {
            text.append(StandardCharsets.UTF_8.decode(bytes));
            notifyAll();
        }

        @Override
        public synchronized void closed(@Nullable String because) {
            text.append("\nclosed: ").append(because);
            notifyAll();
        }

        synchronized void await(String part) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (text.indexOf(part) < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertTrue(left > 0, () -> "the guest never said \"" + part + "\" but " + text);
                wait(left);
            }
        }
    }
}
