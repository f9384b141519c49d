package org.vinestock.qemu.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.vinestock.machines.MachineError;
import org.vinestock.model.VinestockException;
import org.vinestock.qemu.process.ProcessIdentity;
import org.vinestock.qemu.process.VmFolder;
import org.vinestock.qemu.qmp.Json;
import org.vinestock.qemu.qmp.Monitor;
import org.vinestock.qemu.qmp.QmpEvent;
import org.vinestock.qemu.wire.SocketLoop;
import org.vinestock.time.Scheduler;

/**
 * A process of QEMU and its two monitors. Any thread; methods wait for QEMU, so they are called by a host's own threads.
 */
final class RunningVm {
    /** QEMU on a machine that is busy; it usually takes some 50 ms. */
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private static final Duration COMMAND = Duration.ofSeconds(20);
    private static final Duration DYING = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 10;
    private static final int SAID_AT_MOST = 500;

    private final ProcessIdentity process;
    private final Monitor commands;
    private final Monitor events;

    private RunningVm(ProcessIdentity process, Monitor commands, Monitor events) {
        this.process = process;
        this.commands = commands;
        this.events = events;
    }

    /** Connects to the process of a VM that was just started or was there before. */
    static RunningVm connect(
            ProcessIdentity process, VmFolder folder, SocketLoop loop, Scheduler scheduler, Consumer<QmpEvent> listener)
            throws InterruptedException {
        long deadline = scheduler.nanoTime() + CONNECT.toNanos();
        Monitor commands = connect(process, folder, "commands", loop, scheduler, event -> {}, deadline);
        try {
            return new RunningVm(
                    process, commands, connect(process, folder, "events", loop, scheduler, listener, deadline));
        } catch (VinestockException | InterruptedException e) {
            commands.close(); // QEMU greets one client a socket: a connection that is left would keep the next one out
            throw e;
        }
    }

    /** Connects as soon as QEMU listens. */
    private static Monitor connect(
            ProcessIdentity process,
            VmFolder folder,
            String socket,
            SocketLoop loop,
            Scheduler scheduler,
            Consumer<QmpEvent> listener,
            long deadline)
            throws InterruptedException {
        while (true) {
            try {
                return result(Monitor.connect(loop, folder.socket(socket), scheduler, listener));
            } catch (VinestockException e) {
                if (!process.alive()) {
                    throw new VinestockException(MachineError.HOST_UNREACHABLE, "QEMU ended: " + said(folder), e);
                }
                if (scheduler.nanoTime() > deadline) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    ProcessIdentity process() {
        return process;
    }

    /** Completes when no more is heard of it. */
    CompletionStage<String> lost() {
        return events.lost();
    }

    /** Asks QEMU something. */
    Object execute(String command) throws InterruptedException {
        return execute(command, Json.object());
    }

    /** Asks QEMU something. */
    Object execute(String command, Map<String, ?> arguments) throws InterruptedException {
        return result(commands.execute(command, arguments, COMMAND));
    }

    /** Whether its virtual CPUs go. */
    boolean goes() throws InterruptedException {
        return execute("query-status") instanceof Map<?, ?> status && Boolean.TRUE.equals(status.get("running"));
    }

    /** Waits until the process is gone; false if it is still there after {@code limit}, or as soon as {@code enough} says so. */
    boolean awaitEnd(Duration limit, Scheduler scheduler, java.util.function.BooleanSupplier enough)
            throws InterruptedException {
        long deadline = scheduler.nanoTime() + limit.toNanos();
        while (process.alive()) {
            if (scheduler.nanoTime() > deadline || enough.getAsBoolean()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    /** Ends the process at once; the guest's disks are as after a loss of power. */
    void kill(Scheduler scheduler) throws InterruptedException {
        process.end(true);
        if (!awaitEnd(DYING, scheduler, () -> false)) {
            throw new VinestockException(
                    MachineError.HOST_UNREACHABLE,
                    "process " + process.pid() + " does not end: it waits for a device of this machine");
        }
    }

    /** Lets go of the process, which runs on. */
    void disconnect() {
        commands.close();
        events.close();
    }

    /** The end of what QEMU printed. */
    static String said(VmFolder folder) {
        try {
            Path log = folder.log();
            String all = Files.exists(log) ? Files.readString(log).strip() : "";
            return all.isEmpty() ? "it said nothing" : all.substring(Math.max(0, all.length() - SAID_AT_MOST));
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static <T> T result(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(COMMAND.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new VinestockException(MachineError.HOST_UNREACHABLE, String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new VinestockException(MachineError.HOST_UNREACHABLE, "QEMU does not answer", e);
        }
    }
}
