package org.vinestock.lab.drive;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Hosts;
import org.vinestock.lab.LabError;
import org.vinestock.machines.MachineOperations;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.task.Request;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Starts operations in a twin and knows how many are under way; waits, in simulated time, for the twin's hosts to be there and
 * for the last operations to end.
 *
 * <p>Owned by one lane of the twin; may be read between its runs.
 */
public final class Drive {
    private static final Request BY = new Request("lab/trial");
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** How long the hosts of the twin may take to be there, and the last operations to end. */
    private static final int LOOKS = 120;

    private final Platform twin;
    private final Scheduler scheduler;
    private final Lane lane;
    private int outstanding;
    private @Nullable Instant begun;
    private @Nullable Instant ended;
    private @Nullable RuntimeException failure;

    /** Makes one that does nothing yet. */
    public Drive(Platform twin, Lane lane) {
        this.twin = twin;
        this.scheduler = twin.scheduler();
        this.lane = lane;
    }

    /** Is told what came of an operation. */
    @FunctionalInterface
    public interface Then<R> {
        /** One of the two is null. */
        void accept(@Nullable R result, @Nullable Throwable thrown);
    }

    /** Runs {@code first} when so many hosts take VMs; what happens is dated from then on. */
    public void beginWith(int hosts, Runnable first) {
        awaitHosts(hosts, first, LOOKS);
    }

    /** Comes to the end when all operations have ended. */
    public void end() {
        awaitEnd(LOOKS);
    }

    /** Comes to a failure; the first one counts. */
    public void fail(Throwable thrown) {
        if (failure == null) {
            failure = thrown instanceof RuntimeException e ? e : new CompletionException(thrown);
        }
    }

    /** Whether it has come to its end, or to a failure. */
    public boolean ended() {
        return ended != null || failure != null;
    }

    /** Why it has come to a failure; null if it has not. */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    /** Simulated time since the hosts were there; nothing before. */
    public Duration passed() {
        Instant from = begun;
        return from == null ? Duration.ZERO : Duration.between(from, ended != null ? ended : scheduler.instant());
    }

    /** Runs {@code task} when so much time has passed since the hosts were there. */
    public void at(long millis, Runnable task) {
        Instant from = begun == null ? scheduler.instant() : begun;
        scheduler.after(Duration.between(scheduler.instant(), from.plusMillis(millis)), lane, task);
    }

    /** Starts {@code vm.create}. */
    public void create(
            VmId id, long millicores, ByteCount memory, Labels labels, Then<MachineOperations.VmCreated> then) {
        start(
                MachineOperations.CREATE_VM,
                new MachineOperations.CreateVm(id, BigDecimal.valueOf(millicores, 3), memory, labels),
                then);
    }

    /** Starts an operation; {@code then} is run on the lane when it has ended. */
    public <P extends Record, R extends Record> void start(OperationType<P, R> type, P parameters, Then<R> then) {
        outstanding++;
        try {
            twin.operations()
                    .start(type, parameters, BY)
                    .result()
                    .whenCompleteAsync(
                            (result, thrown) -> {
                                outstanding--;
                                then.accept(result, cause(thrown));
                            },
                            lane);
        } catch (IllegalArgumentException | VinestockException e) {
            outstanding--;
            then.accept(null, e);
        }
    }

    private void awaitHosts(int hosts, Runnable first, int looks) {
        int accepting = accepting();
        if (accepting >= hosts) {
            begun = scheduler.instant();
            first.run();
        } else if (looks == 0) {
            fail(new VinestockException(
                    LabError.NOTHING_TO_DRIVE,
                    "only " + accepting + " of the twin's " + hosts
                            + " hosts take VMs; is an area installed that looks after hosts (machines)?"));
        } else {
            scheduler.after(LOOK_AGAIN, lane, () -> awaitHosts(hosts, first, looks - 1));
        }
    }

    private int accepting() {
        Hosts hosts = twin.inventory().head().hosts();
        int accepting = 0;
        for (int row = 0; row < hosts.end(); row++) {
            accepting += hosts.accepts(row) && hosts.millicores(row) > 0 ? 1 : 0;
        }
        return accepting;
    }

    private void awaitEnd(int looks) {
        if (outstanding == 0) {
            ended = scheduler.instant();
        } else if (looks == 0) {
            fail(new VinestockException(
                    LabError.REPLAY_STUCK,
                    outstanding + " operations had not ended " + LOOKS + " s after the last one"));
        } else {
            scheduler.after(LOOK_AGAIN, lane, () -> awaitEnd(looks - 1));
        }
    }

    private static @Nullable Throwable cause(@Nullable Throwable thrown) {
        return thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
    }
}
