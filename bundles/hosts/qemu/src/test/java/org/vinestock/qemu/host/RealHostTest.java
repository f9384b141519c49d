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
import org.vinestock.machines.Offer;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.capability.HotPlug;
import org.vinestock.machines.contract.HypervisorContract;
import org.vinestock.machines.contract.TriedHost;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;
import org.vinestock.qemu.Programs;
import org.vinestock.qemu.machine.Accelerator;
import org.vinestock.qemu.process.ProcessIdentity;
import org.vinestock.qemu.process.VmFolder;
import org.vinestock.qemu.qmp.Json;
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
        return contract(x86());
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContractOnArm() {
        return contract(Programs.find("qemu-system-aarch64", "qemu-system-arm"));
    }

    private Stream<DynamicTest> contract(Path program) {
        return HypervisorContract.checks().stream()
                .map(check ->
                        DynamicTest.dynamicTest(check.name(), () -> Contracts.run(check, () -> fresh(program), 1)));
    }

    /** There, devices go into ports, of which a refused one loses what is in it. */
    @Test
    void plugsEachDeviceIntoAPortOfItsOwnOnArm() throws Exception {
        QemuHost host = open("arm", Programs.find("qemu-system-aarch64", "qemu-system-arm"));
        Machine machine = of(host.create(new VmSpec(VM, 1000, new ByteCount(64 << 20), Labels.NONE), lease(VM, 1)));
        of(machine.power(PowerAction.START, lease(VM, 1)));
        if (!(machine.capability(HotPlug.class) instanceof Offer.Present<HotPlug> offer)) {
            throw new AssertionError("no hot plug");
        }
        for (int i = 1; i <= 8; i++) {
            of(offer.capability().plug(nic(i), lease(VM, 1)));
        }
        AssertionError full =
                assertThrows(AssertionError.class, () -> of(offer.capability().plug(nic(9), lease(VM, 1))));
        assertTrue(String.valueOf(full.getMessage()).contains("all 8 ports of vm-1 for devices"), full.getMessage());
        host.vm(VM).orElseThrow().change(lease(VM, 1), (before, on) -> {
            String there = String.valueOf(on.execute("qom-list", Json.object("path", "/machine/peripheral")));
            for (int i = 1; i <= 8; i++) {
                assertTrue(there.contains("name=net" + i), there);
            }
            return before;
        });
    }

    private static VmNic nic(int number) {
        return new VmNic("net" + number, "52:54:00:00:00:0" + number, VmNic.ISOLATED);
    }

    private static Path x86() {
        return Programs.find("qemu-system-x86_64", "qemu-system-x86");
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

    private TriedHost fresh(Path program) {
        try {
            QemuHost host = open("host" + hosts.size(), program);
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
        return open(name, x86());
    }

    private QemuHost open(String name, Path program) throws IOException, InterruptedException {
        Path memory = Files.createDirectories(root.resolve(name + "-memory"));
        QemuHost host = QemuHost.open(
                new QemuSettings(
                        new HostId("h1"),
                        root.resolve(name),
                        memory,
                        program,
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
