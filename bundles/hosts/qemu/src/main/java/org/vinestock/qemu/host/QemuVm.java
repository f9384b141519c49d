package org.vinestock.qemu.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.qemu.machine.CommandLine;
import org.vinestock.qemu.machine.Target;
import org.vinestock.qemu.offer.Reach;
import org.vinestock.qemu.offer.VmConsole;
import org.vinestock.qemu.offer.VmGuestAgent;
import org.vinestock.qemu.offer.VmHappenings;
import org.vinestock.qemu.process.Launcher;
import org.vinestock.qemu.process.ProcessIdentity;
import org.vinestock.qemu.process.VmFolder;
import org.vinestock.qemu.qmp.Json;
import org.vinestock.qemu.qmp.QmpErrorClass;
import org.vinestock.qemu.qmp.QmpEvent;
import org.vinestock.qemu.qmp.QmpException;
import org.vinestock.qemu.wire.SocketLoop;
import org.vinestock.time.Scheduler;

/**
 * A VM of this machine. Its work is done by the host's threads, one piece after the other: {@code turn} is held meanwhile.
 * Whoever holds a newer epoch ends the waiting of a piece that an older one asked for.
 */
final class QemuVm implements Reach {
    private static final Logger LOG = LoggerFactory.getLogger(QemuVm.class);
    private static final String RECORD = "vm.json";
    private static final Duration FORGETTING = Duration.ofSeconds(5);

    private final QemuHost host;
    private final VmFolder folder;
    private final Path memoryFile;
    private final ReentrantLock turn = new ReentrantLock(true);

    /** Written while {@code this} is held. */
    private volatile VmRecord record;

    /** Written during a turn; read by whoever asks what runs. */
    private volatile @Nullable RunningVm running;

    /** Whether its virtual CPUs stand still although it is on; by QEMU's events. */
    private volatile boolean paused;

    private final VmConsole console;
    private final VmHappenings happenings = new VmHappenings();
    private final ConcurrentSkipListMap<String, CompletableFuture<Boolean>> unplugging = new ConcurrentSkipListMap<>();
    private volatile boolean deleted;

    QemuVm(QemuHost host, VmFolder folder, VmRecord record) {
        this.host = host;
        this.folder = folder;
        this.record = record;
        this.console = new VmConsole(this);
        this.memoryFile = host.settings().memoryFolder().resolve(record.uuid().toString());
    }

    /** Reads what a directory says; empty if it says nothing that could be a VM. */
    static Optional<QemuVm> read(QemuHost host, VmFolder folder) throws IOException {
        Optional<byte[]> bytes = folder.read(RECORD);
        if (bytes.isEmpty()) {
            folder.delete(); // its making was cut short before anybody was told that it is there
            return Optional.empty();
        }
        try {
            return Optional.of(new QemuVm(host, folder, VmRecord.read(bytes.get())));
        } catch (IllegalArgumentException e) {
            LOG.error("{} is left alone, it describes no VM: {}", folder.path(), e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public VmId id() {
        return record.id();
    }

    @Override
    public VmFolder folder() {
        return folder;
    }

    @Override
    public <T> CompletionStage<T> work(Callable<? extends T> piece) {
        return host.work(piece);
    }

    @Override
    public Object execute(String command, Map<String, ?> arguments) throws InterruptedException {
        return on().execute(command, arguments);
    }

    private RunningVm on() {
        RunningVm there = running;
        if (there == null) {
            throw new VinestockException(MachineError.NOT_OFFERED, id() + " is off; vm:start " + id());
        }
        return there;
    }

    @Override
    public long pid() {
        RunningVm there = running;
        return there == null ? 0 : there.process().pid();
    }

    @Override
    public SocketLoop loop() {
        return host.loop();
    }

    @Override
    public Scheduler scheduler() {
        return host.scheduler();
    }

    VmConsole console() {
        return console;
    }

    Devices devices() {
        return host.devices();
    }

    VmHappenings happenings() {
        return happenings;
    }

    /** Changes the power state; false if the VM was deleted before its turn came. */
    boolean power(PowerAction action, Lease lease) throws IOException, InterruptedException {
        admit(lease); // before the turn: whoever waits for an older one gives up
        turn.lockInterruptibly();
        try {
            if (deleted) {
                return false;
            }
            admit(lease);
            switch (action) {
                case START -> start();
                case SHUT_DOWN -> shutDown(lease);
                case STOP -> stop();
                case PAUSE -> stand(true);
                case RESUME -> stand(false);
                case RESET -> reset();
            }
            return true;
        } finally {
            turn.unlock();
        }
    }

    /** Stops and removes it; false if that was done before its turn came. */
    boolean delete(Lease lease) throws IOException, InterruptedException {
        admit(lease);
        turn.lockInterruptibly();
        try {
            if (deleted) {
                return false;
            }
            admit(lease);
            stop();
            host.epochs().remember(id(), record.epoch());
            folder.delete();
            deleted = true;
            host.left(this);
            return true;
        } finally {
            turn.unlock();
        }
    }

    /** Answers a second creation; false if the VM was deleted before its turn came. */
    boolean createdAgain(VmSpec spec, Lease lease) throws IOException, InterruptedException {
        turn.lockInterruptibly();
        try {
            if (deleted) {
                return false;
            }
            admit(lease);
            if (!record.satisfies(spec)) {
                throw new IllegalArgumentException(id() + " is on " + host.host() + " with " + record.millicores()
                        + " millicores and " + record.memory() + "; it cannot be created again with "
                        + spec.millicores() + " and " + spec.memory());
            }
            return true;
        } finally {
            turn.unlock();
        }
    }

    HostReport.Found found() {
        VmRecord now = record;
        return new HostReport.Found(now.id(), power(), now.millicores(), now.memory());
    }

    PowerState power() {
        if (running == null) {
            return PowerState.STOPPED;
        }
        return paused ? PowerState.PAUSED : PowerState.RUNNING;
    }

    /** Writes a new VM's directory. */
    void make() throws IOException {
        folder.make();
        folder.write(RECORD, record.written());
    }

    /** Refuses an epoch that is older than the newest one seen; a newer one is on the disk when this returns. */
    synchronized void admit(Lease lease) throws IOException {
        if (deleted) {
            return; // the host's book has its epoch
        }
        EpochBook.refuseOlder(host.host(), id(), lease, record.epoch());
        if (lease.epoch() > record.epoch()) {
            VmRecord newer = record.withEpoch(lease.epoch());
            folder.write(RECORD, newer.written());
            record = newer;
        }
    }

    /** Finds the process that ran before this object was made, or clears away what one left. */
    void adopt() throws IOException, InterruptedException {
        turn.lockInterruptibly();
        try {
            Optional<ProcessIdentity> process = folder.process();
            if (process.isPresent()) {
                paused = !connect(process.get()).goes();
                LOG.info("{} runs on, as process {}", id(), process.get().pid());
            } else {
                clear();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Lets go of the process, which runs on. */
    void disconnect() {
        console.close();
        RunningVm there = running;
        if (there != null) {
            there.disconnect();
        }
    }

    /** What the host's QEMU emulates. */
    Target target() {
        return Target.of(host.settings().program());
    }

    private void start() throws IOException, InterruptedException {
        if (running != null) {
            return;
        }
        clear();
        org.vinestock.qemu.machine.Hardware hardware = host.devices().of(record);
        QemuSettings settings = host.settings();
        ProcessIdentity process = Launcher.start(
                CommandLine.of(settings.program(), hardware, host.accelerator(), folder, memoryFile, true),
                folder.path(),
                folder.log(),
                Launcher.Limits.VM);
        try {
            RunningVm started = connect(process);
            started.execute("cont");
            paused = false;
        } catch (VinestockException | InterruptedException e) {
            process.end(true);
            running = null;
            throw e;
        }
        host.changed();
    }

    private RunningVm connect(ProcessIdentity process) throws InterruptedException {
        RunningVm made = RunningVm.connect(process, folder, host.loop(), host.scheduler(), this::heard);
        running = made;
        made.lost().thenAccept(because -> host.work(() -> ended(made)));
        return made;
    }

    /** On the thread of the sockets. */
    private void heard(QmpEvent event) {
        happenings.heard(event);
        switch (event.name()) {
            case "STOP" -> standsStill(true);
            case "RESUME" -> standsStill(false);
            case "DEVICE_DELETED" -> {
                if (event.data().get("device") instanceof String device) {
                    CompletableFuture<Boolean> waiting = unplugging.get(device);
                    if (waiting != null) {
                        waiting.complete(true);
                    }
                }
            }
            default -> {}
        }
    }

    private void standsStill(boolean now) {
        if (paused != now) {
            paused = now;
            host.changed();
        }
    }

    private void stand(boolean still) throws InterruptedException {
        RunningVm there = running;
        if (there != null && there.goes() == still) {
            there.execute(still ? "stop" : "cont");
        }
        if (there != null) {
            standsStill(still);
        }
    }

    private void reset() throws InterruptedException {
        RunningVm there = running;
        if (there != null) {
            there.execute("system_reset");
        }
    }

    /** Changes what it is built of: in the process, if it is on, and in its directory. */
    void change(Lease lease, Change change) throws IOException, InterruptedException {
        admit(lease);
        turn.lockInterruptibly();
        try {
            if (deleted) {
                throw new VinestockException(MachineError.VM_NOT_THERE, id() + " is not on " + host.host());
            }
            admit(lease);
            Hardware after = change.of(record.hardware(), running);
            synchronized (this) {
                VmRecord changed = record.with(after);
                folder.write(RECORD, changed.written());
                record = changed;
            }
        } finally {
            turn.unlock();
        }
    }

    /** A change of what a VM is built of. */
    @FunctionalInterface
    interface Change {
        /** Carries it out in a process, if there is one, and returns what is there afterwards. */
        Hardware of(Hardware before, @Nullable RunningVm on) throws InterruptedException;
    }

    /** Waits until the guest has let go of a device; false if it did not. */
    boolean unplugged(String device, RunningVm on, Duration limit) throws InterruptedException {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        unplugging.put(device, gone);
        try {
            on.execute("device_del", Json.object("id", device));
            return gone.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (VinestockException e) {
            if (e.getCause() instanceof QmpException refused
                    && refused.errorClass() == QmpErrorClass.DEVICE_NOT_FOUND) {
                return true; // the guest, or a former try, has let go of it before
            }
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody fails it
        } finally {
            unplugging.remove(device);
        }
    }

    /** The monitors of a process were lost: it ended by itself, was ended by us, or only its monitors are. */
    private boolean ended(RunningVm former) throws IOException, InterruptedException {
        turn.lockInterruptibly();
        try {
            if (running != former || host.closing()) {
                return false;
            }
            if (former.awaitEnd(FORGETTING, host.scheduler(), () -> false)) {
                clear();
                running = null;
                paused = false;
                console.close();
                host.changed();
            } else {
                LOG.warn(
                        "the monitor of {} was lost, process {} is there: connecting anew",
                        id(),
                        former.process().pid());
                former.disconnect();
                connect(former.process());
            }
            return true;
        } finally {
            turn.unlock();
        }
    }

    /** The agent is asked, then the guest by ACPI, then it is switched off. */
    private void shutDown(Lease lease) throws IOException, InterruptedException {
        RunningVm there = running;
        if (there == null) {
            return;
        }
        if (paused) {
            there.execute("cont"); // else nobody hears
        }
        boolean told = new VmGuestAgent(this).shutDown();
        if (!told) {
            there.execute("system_powerdown");
        }
        there.awaitEnd(host.settings().grace(), host.scheduler(), () -> record.epoch() > lease.epoch());
        admit(lease);
        stop();
    }

    private void stop() throws IOException, InterruptedException {
        RunningVm there = running;
        if (there == null) {
            return;
        }
        there.kill(host.scheduler());
        there.disconnect();
        clear();
        running = null;
        paused = false;
        console.close();
        host.changed();
    }

    /** Removes what a process leaves that did not end by itself. */
    private void clear() throws IOException {
        for (String name : List.of("commands", "events", "agent", "console", "vnc")) {
            Files.deleteIfExists(folder.socket(name));
        }
        Files.deleteIfExists(folder.pidFile());
        Files.deleteIfExists(memoryFile);
    }
}
