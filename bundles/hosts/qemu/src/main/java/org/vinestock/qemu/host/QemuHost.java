package org.vinestock.qemu.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.VmSpec;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.qemu.machine.Accelerator;
import org.vinestock.qemu.offer.ConsoleLog;
import org.vinestock.qemu.process.VmFolder;
import org.vinestock.qemu.wire.SocketLoop;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Scheduler;

/**
 * This machine. VMs are processes of QEMU in sessions of their own, which run on when this object is closed, or dies; the
 * next one finds them by their directories.
 *
 * <p>What has to wait - for QEMU, for a disk - is done by threads of its own, at most 64, one a call.
 */
public final class QemuHost implements Hypervisor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QemuHost.class);
    private static final int THREADS = 64;

    /** Names of what its VMs offer. */
    public static final List<String> OFFERS = Devices.offers();

    private final QemuSettings settings;
    private final Scheduler scheduler;
    private final SocketLoop loop;
    private final EpochBook epochs;
    private final Devices devices;
    private final ExecutorService threads;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ConcurrentSkipListMap<String, QemuVm> vms = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<Object, Runnable> wakes = new ConcurrentHashMap<>();
    private final ReentrantLock creating = new ReentrantLock();
    private volatile boolean closing;

    private QemuHost(QemuSettings settings, DiskPlace disks, Scheduler scheduler) throws IOException {
        this.settings = settings;
        this.devices = new Devices(disks, settings.reconnect());
        this.scheduler = scheduler;
        Files.createDirectories(settings.folder());
        this.epochs = new EpochBook(settings.folder().resolve("epochs.json"));
        this.loop = SocketLoop.start("vinestock-qemu-sockets");
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(0, THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "vinestock-qemu-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Opens the host and finds what runs on it already; waits until all that was found is connected. */
    public static QemuHost open(QemuSettings settings, Scheduler scheduler) throws IOException, InterruptedException {
        return open(settings, DiskPlace.NOWHERE, scheduler);
    }

    /** With disks, which are found by {@code disks} when a VM is started. */
    public static QemuHost open(QemuSettings settings, DiskPlace disks, Scheduler scheduler)
            throws IOException, InterruptedException {
        QemuHost host = new QemuHost(settings, disks, scheduler);
        for (VmFolder folder : VmFolder.in(settings.folder())) {
            QemuVm.read(host, folder).ifPresent(vm -> host.vms.put(vm.id().value(), vm));
        }
        List<CompletionStage<Boolean>> adopted = host.vms.values().stream()
                .map(vm -> host.work(() -> {
                    vm.adopt();
                    return true;
                }))
                .toList();
        for (CompletionStage<Boolean> each : adopted) {
            RunningVm.result(each);
        }
        return host;
    }

    @Override
    public HostId host() {
        return settings.host();
    }

    @Override
    public CompletionStage<HostReport> report() {
        keepConsolesShort();
        return CompletableFuture.completedFuture(new HostReport(
                settings.host(),
                settings.millicores(),
                settings.memory(),
                load(),
                vms.values().stream().map(QemuVm::found).toList(),
                false,
                settings.facts()));
    }

    /** A report is asked for every few seconds. */
    private void keepConsolesShort() {
        for (QemuVm vm : vms.values()) {
            if (vm.folder().console().toFile().length() > ConsoleLog.LONGEST && !closing) {
                work(() -> {
                    vm.console().shorten();
                    return true;
                });
            }
        }
    }

    @Override
    public CompletionStage<Machine> create(VmSpec spec, Lease lease) {
        return work(() -> {
            QemuVm there = made(spec, lease);
            while (there != null && !there.createdAgain(spec, lease)) {
                there = made(spec, lease);
            }
            return new QemuMachine(this, spec.id());
        });
    }

    /** Makes a VM, if there is none of that name; else returns the one that is there. */
    private @Nullable QemuVm made(VmSpec spec, Lease lease) throws IOException, InterruptedException {
        creating.lockInterruptibly();
        try {
            QemuVm there = vms.get(spec.id().value());
            if (there == null) {
                EpochBook.refuseOlder(host(), spec.id(), lease, epochs.of(spec.id()));
                QemuVm made = new QemuVm(
                        this,
                        new VmFolder(settings.folder().resolve(spec.id().value())),
                        VmRecord.of(spec, UUID.randomUUID(), lease.epoch()));
                made.make();
                vms.put(spec.id().value(), made);
                changed();
            }
            return there;
        } finally {
            creating.unlock();
        }
    }

    @Override
    public Optional<Machine> find(VmId id) {
        return vms.containsKey(id.value()) ? Optional.of(new QemuMachine(this, id)) : Optional.empty();
    }

    @Override
    public CompletionStage<?> remove(VmId id, Lease lease) {
        return work(() -> {
            QemuVm there = vms.get(id.value());
            while (there == null ? !remembered(id, lease) : !there.delete(lease)) {
                there = vms.get(id.value());
            }
            return id;
        });
    }

    /** Remembers the epoch of a VM that is not there; false if it is there now. */
    private boolean remembered(VmId id, Lease lease) throws IOException, InterruptedException {
        creating.lockInterruptibly();
        try {
            if (vms.containsKey(id.value())) {
                return false;
            }
            EpochBook.refuseOlder(host(), id, lease, epochs.of(id));
            epochs.remember(id, lease.epoch());
            return true;
        } finally {
            creating.unlock();
        }
    }

    CompletionStage<?> power(VmId id, PowerAction action, Lease lease) {
        return work(() -> {
            QemuVm there = vms.get(id.value());
            if (there == null || !there.power(action, lease)) {
                EpochBook.refuseOlder(host(), id, lease, epochs.of(id));
                throw new VinestockException(
                        MachineError.VM_NOT_THERE,
                        id + " is not on " + host() + "; host:info " + host() + " shows what is");
            }
            return action;
        });
    }

    @Override
    public Cancellable onChange(Runnable wake) {
        Object listener = new Object(); // the same one may listen twice
        wakes.put(listener, wake);
        return () -> wakes.remove(listener);
    }

    /** Lets go of all VMs, which run on, and waits for calls under way. */
    @Override
    public void close() {
        closing = true;
        vms.values().forEach(QemuVm::disconnect);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("calls of {} are still under way after 30 s", host());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.close();
    }

    /** Whether no call is under way. */
    boolean idle() {
        return underWay.get() == 0;
    }

    boolean closing() {
        return closing;
    }

    QemuSettings settings() {
        return settings;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    SocketLoop loop() {
        return loop;
    }

    Devices devices() {
        return devices;
    }

    Accelerator accelerator() {
        return settings.accelerator();
    }

    /** A VM that is there, or empty. */
    Optional<QemuVm> vm(VmId id) {
        return Optional.ofNullable(vms.get(id.value()));
    }

    EpochBook epochs() {
        return epochs;
    }

    void left(QemuVm vm) {
        vms.remove(vm.id().value(), vm);
        changed();
    }

    void changed() {
        wakes.values().forEach(Runnable::run);
    }

    /** Does something that may wait. */
    <T> CompletionStage<T> work(Callable<? extends T> piece) {
        CompletableFuture<T> result = new CompletableFuture<>();
        underWay.incrementAndGet();
        try {
            threads.execute(() -> {
                try {
                    result.complete(piece.call());
                } catch (Exception e) {
                    result.completeExceptionally(said(e));
                } finally {
                    underWay.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException e) {
            underWay.decrementAndGet();
            result.completeExceptionally(new VinestockException(
                    MachineError.HOST_UNREACHABLE,
                    closing ? host() + " is closing" : host() + " does " + THREADS + " things at once already",
                    e));
        }
        return result;
    }

    private Throwable said(Exception e) {
        if (e instanceof VinestockException || e instanceof IllegalArgumentException) {
            return e;
        }
        if (e instanceof InterruptedException) {
            return new VinestockException(MachineError.HOST_UNREACHABLE, host() + " is closing", e);
        }
        if (!(e instanceof IOException || e instanceof UncheckedIOException)) {
            LOG.error("a defect of the QEMU provider", e);
        }
        return new VinestockException(MachineError.HOST_UNREACHABLE, host() + ": " + e.getMessage(), e);
    }

    /** The share of the machine's CPU that was wanted in the last minute, proc(5). */
    private static double load() {
        try {
            String first = Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
            return Math.min(1, Double.parseDouble(first) / Runtime.getRuntime().availableProcessors());
        } catch (IOException e) {
            return 0;
        }
    }
}
