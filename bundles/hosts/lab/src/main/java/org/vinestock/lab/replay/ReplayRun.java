package org.vinestock.lab.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.decision.DecisionLine;
import org.vinestock.lab.LabError;
import org.vinestock.lab.LabOperations;
import org.vinestock.lab.drive.Drive;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;
import org.vinestock.trial.Course;

/**
 * Drives one trace through a twin: builds the twin's site by {@code lab.build}, then {@code vm.create} at each arrival and
 * {@code vm.delete} when the lifetime is over. The batches of a period are spread evenly over it; a batch arrives at
 * once. A lifetime is drawn by the twin's seed, evenly within the edges of its bin; what was still running when the
 * record ended stays.
 *
 * <p>Runs on a lane of the twin and is owned by it.
 */
final class ReplayRun implements Course {
    private static final int DECISIONS_AT_ONCE = 256;

    private final Platform twin;
    private final Scheduler scheduler;
    private final Lane lane;
    private final Drive drive;
    private final ArrivalTrace trace;
    private final LabOperations.BuildSite site;
    private final RandomGenerator random;
    private final ReplayCounts counts = new ReplayCounts();
    private final DecisionFeed decisions;
    private long decisionsRead;
    private int period;
    private int batch;
    private int vm;

    ReplayRun(Platform twin, ArrivalTrace trace, LabOperations.BuildSite site) {
        this.twin = twin;
        this.scheduler = twin.scheduler();
        this.lane = scheduler.lane("lab.replay");
        this.drive = new Drive(twin, lane);
        this.trace = trace;
        this.site = site;
        this.random = scheduler.random("lab.replay.lifetimes");
        this.decisions = twin.service(DecisionFeed.class)
                .orElseThrow(() -> new VinestockException(LabError.NOTHING_TO_DRIVE, "the twin shows no decisions"));
    }

    /** Gives the twin its first task; the rest happens when the twin is run. */
    void begin() {
        decisions.onDecision(lane, this::readDecisions);
        lane.execute(() -> drive.start(LabOperations.BUILD, site, (built, thrown) -> {
            if (thrown != null) {
                drive.fail(thrown);
            } else {
                drive.beginWith(site.hosts(), this::beginPeriod);
            }
        }));
    }

    @Override
    public boolean ended() {
        return drive.ended();
    }

    @Override
    public @Nullable RuntimeException failure() {
        return drive.failure();
    }

    /** Simulated time from when the first arrival could come to the end. */
    @Override
    public Duration passed() {
        return drive.passed();
    }

    ReplayCounts counts() {
        return counts;
    }

    /** How much of the trace is done, 0 to 1. */
    double share() {
        return Math.min(1, passed().toMillis() / (trace.seconds() * 1000.0));
    }

    private void readDecisions() {
        List<DecisionLine> lines = decisions.after(decisionsRead, DECISIONS_AT_ONCE);
        while (!lines.isEmpty()) {
            lines.forEach(counts::decided);
            decisionsRead = lines.get(lines.size() - 1).id().number();
            lines = decisions.after(decisionsRead, DECISIONS_AT_ONCE);
        }
    }

    private void beginPeriod() {
        if (period == trace.periods().length) {
            drive.end();
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
        drive.at((trace.periods()[period - 1] - trace.periods()[0]) * 1000 + millis, this::endPeriod);
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
            drive.create(id, flavour.millicores(), flavour.memory(), Labels.NONE, (made, thrown) -> {
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
        drive.start(MachineOperations.DELETE_VM, new MachineOperations.DeleteVm(id), (gone, thrown) -> {
            if (thrown != null) {
                drive.fail(thrown);
            }
        });
    }
}
