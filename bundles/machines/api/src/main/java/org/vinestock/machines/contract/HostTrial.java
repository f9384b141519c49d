package org.vinestock.machines.contract;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Machine;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.VmSpec;
import org.vinestock.model.ByteCount;
import org.vinestock.model.ErrorCode;
import org.vinestock.model.Labels;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.time.Cancellable;

/** One trial on one host: calls and lets them end. One thread. */
final class HostTrial {
    final Hypervisor hypervisor;
    final RandomGenerator random;
    private final TriedHost host;

    HostTrial(TriedHost host, RandomGenerator random) {
        this.host = host;
        this.hypervisor = host.hypervisor();
        this.random = random;
    }

    VmSpec spec(String name) {
        return new VmSpec(
                new VmId(name),
                250L * (1 + random.nextInt(8)),
                new ByteCount((1L + random.nextInt(4)) << 28),
                Labels.of("app", random.nextBoolean() ? "web" : "db"));
    }

    static Lease lease(VmId vm, long epoch) {
        return new Lease(vm, "task-" + epoch, epoch);
    }

    Machine create(VmSpec spec, long epoch) {
        return settled(hypervisor.create(spec, lease(spec.id(), epoch)));
    }

    void power(Machine machine, PowerAction action, long epoch) {
        settled(machine.power(action, lease(machine.id(), epoch)));
    }

    void delete(Machine machine, long epoch) {
        settled(machine.delete(lease(machine.id(), epoch)));
    }

    void remove(VmId vm, long epoch) {
        settled(hypervisor.remove(vm, lease(vm, epoch)));
    }

    HostReport report() {
        return settled(hypervisor.report());
    }

    /** What the host reports of a VM, or null. */
    HostReport.@Nullable Found found(VmId vm) {
        return report().machines().stream()
                .filter(found -> found.id().equals(vm))
                .findFirst()
                .orElse(null);
    }

    void settle() {
        host.settle();
    }

    <T> T settled(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        host.settle();
        demand(future.isDone(), "a call had not ended when all was settled");
        try {
            return future.getNow(null);
        } catch (CompletionException e) {
            throw new AssertionError("a call failed: " + e.getCause(), e.getCause());
        }
    }

    /** Demands that a call fails with {@code code}. */
    void refused(CompletionStage<?> stage, ErrorCode code) {
        Throwable failure = failure(stage);
        demand(
                failure instanceof VinestockException e && e.code() == code,
                "a call was to fail with " + code + ", but: " + (failure == null ? "it succeeded" : failure));
    }

    /** How a call failed, or null if it succeeded. */
    @Nullable
    Throwable failure(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        host.settle();
        demand(future.isDone(), "a call had not ended when all was settled");
        try {
            future.getNow(null);
            return null;
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    /** Runs something and demands that the host wakes its listener, at least once. */
    void wakes(String after, Runnable change) {
        AtomicInteger wakes = new AtomicInteger();
        Cancellable registration = hypervisor.onChange(wakes::incrementAndGet);
        change.run();
        host.settle();
        registration.cancel();
        demand(wakes.get() > 0, "nothing was woken after " + after);
    }

    static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static void same(Object expected, @Nullable Object actual, String what) {
        demand(expected.equals(actual), what + ": expected " + expected + ", was " + actual);
    }
}
