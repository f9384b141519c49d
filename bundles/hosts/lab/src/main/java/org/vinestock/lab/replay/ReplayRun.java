package org.vinestock.lab.replay;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.decision.DecisionLine;
import org.vinestock.inventory.Hosts;
import org.vinestock.lab.LabError;
import org.vinestock.lab.LabOperations;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.task.Request;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Drives one trace through a twin: builds the twin's site by {@code lab.build}, then {@code vm.create} at each arrival and
 * {@code vm.delete} when the lifetime is over. The batches of a period are spread evenly over it; a batch arrives at
 * once. A lifetime is drawn by the twin's seed, evenly within the edges of its bin; what was still running when the
 * record ended stays.
 *
 * <p>Runs on a lane of the twin and is owned by it.
 */
final class ReplayRun {
    private static final Request BY = new Request("lab/replay");
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** How long the hosts of the twin may take to be there, and the last operations to end. */
    private static final int LOOKS = 120;

    private static final int DECISIONS_AT_ONCE = 256;

    private final Platform twin;
    private final Scheduler scheduler;
    private final Lane lane;
    private final ArrivalTrace trace;
    private final LabOperations.BuildSite site;
    private final RandomGenerator random;
    private final ReplayCounts counts = new ReplayCounts();
    private final DecisionFeed decisions;
    private long decisionsRead;
    private Instant begun;
    private int outstanding;
    private int period;
    private int batch;
    private int vm;
    private @Nullable Instant ended;
    private @Nullable RuntimeException failure;

    ReplayRun(Platform twin, ArrivalTrace trace, LabOperations.BuildSite site) {
        this.twin = twin;
        this.scheduler = twin.scheduler();
        this.lane = scheduler.lane("lab.replay");
        this.trace = trace;
        this.site = site;
        this.random = scheduler.random("lab.replay.lifetimes");
        this.decisions = twin.service(DecisionFeed.class)
                .orElseThrow(() -> new VinestockException(LabError.NOTHING_TO_DRIVE, "the twin shows no decisions"));
        this.begun = scheduler.instant();
    }

    /** Gives the twin its first task; the rest happens when the twin is run. */
    void begin() {
        decisions.onDecision(lane, this::readDecisions);
        lane.execute(() -> start(LabOperations.BUILD, site, (built, thrown) -> {
            if (thrown != null) {
                fail(thrown);
            } else {
                awaitHosts(LOOKS);
            }
        }));
    }

    /** Whether the trace has come to its end, or to a failure. */
    boolean ended() {
        return ended != null || failure != null;
    }

    /** Why there is no result; null if there is, or will be, one. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    ReplayCounts counts() {
        return counts;
    }

    /** Simulated time from when the first arrival could come to the end. */
    Duration simulated() {
        return Duration.between(begun, ended != null ? ended : scheduler.instant());
    }

    /** How much of the trace is done, 0 to 1. */
    double share() {
        return Math.min(1, simulated().toMillis() / (trace.seconds() * 1000.0));
    }

    private void readDecisions() {
        List<DecisionLine> lines = decisions.after(decisionsRead, DECISIONS_AT_ONCE);
        while (!lines.isEmpty()) {
            lines.forEach(counts::decided);
            decisionsRead = lines.get(lines.size() - 1).id().number();
            lines = decisions.after(decisionsRead, DECISIONS_AT_ONCE);
        }
    }

    private void awaitHosts(int looks) {
        if (accepting() == site.hosts()) {
            begun = scheduler.instant();
            beginPeriod();
        } else if (looks == 0) {
            fail(new VinestockException(
                    LabError.NOTHING_TO_DRIVE,
                    "only " + accepting() + " of the twin's " + site.hosts()
                            + " hosts take VMs; is an area installed that looks after hosts (machines)?"));
        } else {
            scheduler.after(LOOK_AGAIN, lane, () -> awaitHosts(looks - 1));
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

    private void beginPeriod() {
        if (period == trace.periods().length) {
            awaitEnd(LOOKS);
            return;
        }
        int first = batch;
        int end = first;
        while (end < trace.batchEnds().length && trace.batchEnds()[end] <= trace.periodEnds()[period]) {
            end++;
        }
        long millis = trace.periodSeconds(period) * 1000;
        for (int i = first; i < end; i++) {
            scheduler.after(Duration.ofMillis(millis * (i - first) / (end - first)), lane, this::arrive);
        }
        period++;
        long since = (trace.periods()[period - 1] - trace.periods()[0]) * 1000 + millis;
        scheduler.after(Duration.between(scheduler.instant(), begun.plusMillis(since)), lane, this::endPeriod);
    }

    private void endPeriod() {
        counts.sample(twin.inventory().head().hosts());
        beginPeriod();
    }

    /** Lets the next batch arrive. */
    private void arrive() {
        int end = trace.batchEnds()[batch++];
        for (; vm < end; vm++) {
            Flavour flavour = trace.flavours().get(trace.flavour()[vm]);
            VmId id = new VmId("vm-" + (vm + 1));
            long lifetime = trace.ended()[vm] ? trace.bins().millis(trace.bin()[vm], random.nextDouble()) : -1;
            Instant leaves = scheduler.instant().plusMillis(lifetime);
            MachineOperations.CreateVm parameters = new MachineOperations.CreateVm(
                    id, BigDecimal.valueOf(flavour.millicores(), 3), flavour.memory(), Labels.NONE);
            start(MachineOperations.CREATE_VM, parameters, (made, thrown) -> {
                if (thrown == null) {
                    counts.arrived();
                    if (lifetime >= 0) {
                        scheduler.after(Duration.between(scheduler.instant(), leaves), lane, () -> leave(id));
                    }
                } else if (thrown instanceof VinestockException e && e.code() == MachineError.NO_HOST_FITS) {
                    counts.refused++;
                } else {
                    counts.failed(String.valueOf(thrown.getMessage()));
                }
            });
        }
    }

    private void leave(VmId id) {
        counts.now--;
        start(MachineOperations.DELETE_VM, new MachineOperations.OneVm(id), (gone, thrown) -> {
            if (thrown != null) {
                fail(thrown);
            }
        });
    }

    private void awaitEnd(int looks) {
        if (outstanding == 0) {
            ended = scheduler.instant();
        } else if (looks == 0) {
            fail(new VinestockException(
                    LabError.REPLAY_STUCK, outstanding + " operations had not ended " + LOOKS + " s after the trace"));
        } else {
            scheduler.after(LOOK_AGAIN, lane, () -> awaitEnd(looks - 1));
        }
    }

    private void fail(Throwable thrown) {
        if (failure == null) {
            failure = thrown instanceof RuntimeException e ? e : new CompletionException(thrown);
        }
    }

    private interface Then<R> {
        void accept(@Nullable R result, @Nullable Throwable thrown);
    }

    private <P extends Record, R extends Record> void start(OperationType<P, R> type, P parameters, Then<R> then) {
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

    private static @Nullable Throwable cause(@Nullable Throwable thrown) {
        return thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
    }
}
