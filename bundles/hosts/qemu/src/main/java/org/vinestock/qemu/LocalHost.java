package org.vinestock.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Platform;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.dataplane.DataPlane;
import org.vinestock.machines.HostFacts;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Hypervisors;
import org.vinestock.model.HostId;
import org.vinestock.qemu.host.QemuHost;
import org.vinestock.qemu.host.QemuSettings;
import org.vinestock.qemu.machine.Accelerator;
import org.vinestock.qemu.machine.Target;
import org.vinestock.qemu.probe.Cpu;
import org.vinestock.qemu.probe.KvmProbe;
import org.vinestock.qemu.probe.Verdict;
import org.vinestock.qemu.qmp.QemuVersion;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * This machine as the only host of its provider. It is opened by a thread of its own, for what runs already is connected, and
 * a probe guest may take seconds; until then there is no host.
 */
final class LocalHost implements Hypervisors, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalHost.class);

    private final QemuConfiguration configuration;
    private final Platform platform;
    private final Thread opening;
    private final ConcurrentHashMap<Object, Runnable> wakes = new ConcurrentHashMap<>();
    private @Nullable QemuHost host; // owned by this, as is closed
    private boolean closed;

    LocalHost(QemuConfiguration configuration, Platform platform) {
        this.configuration = configuration;
        this.platform = platform;
        this.opening = new Thread(this::open, "vinestock-qemu-open");
        opening.setDaemon(true);
    }

    /** Begins to open it. */
    void start() {
        opening.start();
    }

    private void open() {
        try {
            QemuHost opened = QemuHost.open(settings(), disk -> socket(), platform.scheduler());
            synchronized (this) {
                if (closed) {
                    opened.close();
                    return;
                }
                host = opened;
            }
            LOG.info("{} is a host", configuration.host());
            wakes.values().forEach(Runnable::run);
        } catch (IOException | RuntimeException e) {
            LOG.error("this machine is no host: {}", e.getMessage());
            LOG.debug("this machine is no host", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the data plane serves what this machine's VMs have plugged in. */
    private Optional<Path> socket() {
        return platform.services(DataPlane.class).stream()
                .flatMap(plane -> plane.exports(configuration.host()).stream())
                .map(BlockExports::socket)
                .map(Path::of)
                .findFirst();
    }

    private QemuSettings settings() throws IOException, InterruptedException {
        Path program = configuration.program();
        if (!Files.isExecutable(program)) {
            throw new IOException("there is no " + program + "; Debian: apt-get install qemu-system-"
                    + (Target.of(program) == Target.PC ? "x86" : "arm"));
        }
        String version = KvmProbe.versionOf(program);
        requireNewEnough(program, version);
        Files.createDirectories(configuration.folder());
        if (!Files.isDirectory(configuration.memoryFolder())) {
            throw new IOException("memory.folder = " + configuration.memoryFolder() + " is no folder");
        }
        Verdict verdict = switch (configuration.accelerator()) {
            case "kvm" -> new Verdict(Accelerator.KVM, "etc/" + QemuConfiguration.PID + ".cfg says so");
            case "tcg" -> new Verdict(Accelerator.TCG, "etc/" + QemuConfiguration.PID + ".cfg says so");
            default -> new KvmProbe(program, version, configuration.folder()).verdict();
        };
        return new QemuSettings(
                configuration.host(),
                configuration.folder(),
                configuration.memoryFolder(),
                program,
                verdict.accelerator(),
                configuration.millicores(),
                configuration.memory(),
                configuration.grace(),
                configuration.reconnect(),
                new HostFacts(
                        "QEMU " + version,
                        verdict.accelerator() == Accelerator.KVM ? "kvm" : "tcg",
                        verdict.because(),
                        Cpu.model(),
                        QemuHost.OFFERS));
    }

    private static void requireNewEnough(Path program, String version) throws IOException {
        String[] numbers = version.split("\\.", -1);
        try {
            QemuVersion there = new QemuVersion(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), 0);
            if (there.compareTo(QemuVersion.OLDEST) >= 0) {
                return;
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            // said below
        }
        throw new IOException(
                program + " is of version \"" + version + "\"; accepted: " + QemuVersion.OLDEST + " or newer");
    }

    private synchronized Optional<QemuHost> opened() {
        return Optional.ofNullable(host);
    }

    @Override
    public List<HostId> hosts() {
        return opened().map(QemuHost::host).stream().toList();
    }

    @Override
    public Optional<Hypervisor> find(HostId id) {
        return opened().filter(there -> there.host().equals(id)).map(Hypervisor.class::cast);
    }

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        Object listener = new Object();
        wakes.put(listener, () -> lane.execute(wake));
        return () -> wakes.remove(listener);
    }

    /** Lets go of the VMs, which run on. */
    @Override
    public void close() {
        Optional<QemuHost> there;
        synchronized (this) {
            closed = true;
            there = opened();
        }
        opening.interrupt();
        there.ifPresent(QemuHost::close);
    }
}
