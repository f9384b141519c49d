package org.vinestock.qemu.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Machine;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.contract.HypervisorContract;
import org.vinestock.machines.contract.TriedHost;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;
import org.vinestock.qemu.Programs;
import org.vinestock.qemu.machine.Accelerator;
import org.vinestock.qemu.process.ProcessIdentity;
import org.vinestock.qemu.process.VmFolder;
import org.vinestock.testkit.Contracts;

/** The contract of hosts, kept by real processes, and what it cannot say: that they outlive the host's object. */
class RealHostTest {
    private static final VmId VM = new VmId("vm-1");

    private final LaneScheduler scheduler = new LaneScheduler(1, 1, (lane, thrown) -> thrown.printStackTrace());
    private final List<QemuHost> hosts = new ArrayList<>();

    @TempDir
    private Path root;

    @AfterEach
    void end() throws Exception {
        for (QemuHost host : hosts) {
            host.close();
        }
        try (Stream<Path> folders = Files.walk(root, 2)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                new VmFolder(folder).process().ifPresent(process -> process.end(true));
            }
        }
        scheduler.close();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        Programs.find("qemu-system-x86_64", "qemu-system-x86");
        return HypervisorContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), () -> Contracts.run(check, this::fresh, 1)));
    }

    @Test
    void findsWhatRunsAfterItsOwnEndAndKnowsWhatEndedMeanwhile() throws Exception {
        QemuHost first = open("a");
        for (String name : List.of("vm-1", "vm-2", "vm-3")) {
            VmId id = new VmId(name);
            Machine machine = of(
                    first.create(new VmSpec(id, 1000, new ByteCount(64 << 20), Labels.of("app", "web")), lease(id, 3)));
            of(machine.power(PowerAction.START, lease(id, 4)));
        }
        ProcessIdentity stays = folder("vm-1").process().orElseThrow();
        ProcessIdentity dies = folder("vm-2").process().orElseThrow();
        first.close();
        assertTrue(stays.alive());
        dies.end(true);
        await(() -> !dies.alive());
        Files.createDirectory(root.resolve("a/vm-half"));
        QemuHost second = open("a");
        assertEquals(
                List.of(PowerState.RUNNING, PowerState.STOPPED, PowerState.RUNNING),
                of(second.report()).machines().stream()
                        .map(found -> found.power())
                        .toList());
        assertFalse(Files.exists(root.resolve("a/vm-half")));
        assertEquals(stays, folder("vm-1").process().orElseThrow());
        Machine found = second.find(VM).orElseThrow();
        assertThrows(AssertionError.class, () -> of(found.power(PowerAction.STOP, lease(VM, 3))));
        of(found.power(PowerAction.STOP, lease(VM, 4)));
        assertFalse(stays.alive());
    }

    @Test
    void seesAVmThatEndsByItself() throws Exception {
        QemuHost host = open("b");
        Machine machine = of(host.create(new VmSpec(VM, 1000, new ByteCount(64 << 20), Labels.NONE), lease(VM, 1)));
        of(machine.power(PowerAction.START, lease(VM, 1)));
        ProcessIdentity process = new VmFolder(root.resolve("b/vm-1")).process().orElseThrow();
        process.end(true);
        await(() -> of(host.report()).machines().get(0).power() == PowerState.STOPPED);
        try (Stream<Path> left = Files.list(root.resolve("b-memory"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private TriedHost fresh() {
        try {
            QemuHost host = open("host" + hosts.size());
            return new TriedHost() {
                @Override
                public Hypervisor hypervisor() {
                    return host;
                }

                @Override
                public void settle() {
                    await(host::idle);
                }
            };
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private QemuHost open(String name) throws IOException, InterruptedException {
        Path memory = Files.createDirectories(root.resolve(name + "-memory"));
        QemuHost host = QemuHost.open(
                new QemuSettings(
                        new HostId("h1"),
                        root.resolve(name),
                        memory,
                        Programs.find("qemu-system-x86_64", "qemu-system-x86"),
                        Accelerator.TCG,
                        4000,
                        new ByteCount(4L << 30),
                        Duration.ofMillis(100)),
                scheduler);
        hosts.add(host);
        return host;
    }

    private VmFolder folder(String vm) {
        return new VmFolder(root.resolve("a").resolve(vm));
    }

    private static Lease lease(VmId vm, long epoch) {
        return new Lease(vm, "test", epoch);
    }

    private static <T> T of(java.util.concurrent.CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within a minute");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
