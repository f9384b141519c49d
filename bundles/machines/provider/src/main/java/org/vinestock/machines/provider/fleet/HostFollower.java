package org.vinestock.machines.provider.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.HostState;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.VmId;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Keeps the observed rows of one host and its VMs: asks for a report when the host says that something changed, and writes
 * what differs.
 *
 * <p>A host that does not answer is asked once more after {@link #SECOND_TRY}, then it is down; its VMs keep their rows,
 * for they may still run. A real host is asked every {@link #HEARTBEAT}, since one that lost its power cannot say so; a
 * played one always does. While a copy of a VM is here whose row another host has, this one is asked every {@link #COPY_RETRY}:
 * nothing changes here when that row goes.
 *
 * <p>Owned by its lane.
 */
final class HostFollower {
    static final Duration SECOND_TRY = Duration.ofSeconds(1);
    static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration COPY_RETRY = Duration.ofSeconds(5);
    private static final double LOAD_STEP = 0.005;

    private final Hypervisor hypervisor;
    private final Scheduler scheduler;
    private final Inventory inventory;
    private final LoadSampler loads;
    private final Fleet fleet;
    private final Lane lane;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Cancellable subscription;

    private List<ObservedVm> known;
    /** The report that {@link #known} is in step with; nothing if it is not. */
    private List<HostReport.Found> reported = List.of();

    private @Nullable ObservedHost row;
    private @Nullable Cancellable timer;
    private double load = -1;
    /** From the question until what it changed is written. */
    private boolean busy;

    private boolean lookAgain;
    private boolean lookAtAll = true;
    /** VMs to look at whether or not the report says what it said before; added to since the last report was compared. */
    private final TreeSet<String> doubtful = new TreeSet<>();

    /** When copies were removed here that are reported still: the report may be of before. */
    private final TreeMap<String, Long> removedAt = new TreeMap<>();

    private boolean silent;
    /** Whether it is known to have a row that says where it stands, or had one. */
    private boolean settled;

    private long silentSinceNanos;
    private boolean closed;

    HostFollower(
            Hypervisor hypervisor,
            Scheduler scheduler,
            Inventory inventory,
            LoadSampler loads,
            Fleet fleet,
            List<ObservedVm> known) {
        this.hypervisor = hypervisor;
        this.scheduler = scheduler;
        this.inventory = inventory;
        this.loads = loads;
        this.fleet = fleet;
        this.known = known;
        this.lane = scheduler.lane("machines." + hypervisor.host());
        this.subscription = hypervisor.onChange(this::wake);
    }

    Hypervisor hypervisor() {
        return hypervisor;
    }

    /** Looks at the host soon. Any thread. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            lane.execute(() -> {
                woken.set(false);
                look();
            });
        }
    }

    /** Looks soon whether a VM is here, since its observed row was removed. Any thread. */
    void forget(VmId vm) {
        lane.execute(() -> {
            doubtful.add(vm.value());
            look();
        });
    }

    /** Looks soon at the host and all of its VMs, since the rows of some are those of another host now. Any thread. */
    void lookAtAll() {
        lane.execute(() -> {
            lookAtAll = true;
            look();
        });
    }

    /** Looks no more. Any thread. */
    void close() {
        subscription.cancel();
        lane.execute(() -> {
            closed = true;
            lookIn(null);
        });
    }

    // On the lane from here.

    private void look() {
        if (closed) {
            return;
        }
        if (busy) {
            lookAgain = true;
            return;
        }
        busy = true;
        lookAgain = false;
        long basis = inventory.head().ref().revision();
        hypervisor.report().whenCompleteAsync((report, thrown) -> answered(report, thrown, basis), lane);
    }

    private void answered(@Nullable HostReport report, @Nullable Throwable thrown, long basis) {
        if (closed) {
            return;
        }
        lookIn(null);
        if (report != null) {
            silent = false;
            reported(report, basis);
            return;
        }
        if (!silent) {
            silent = true;
            silentSinceNanos = scheduler.nanoTime();
        }
        Duration left = SECOND_TRY.minusNanos(scheduler.nanoTime() - silentSinceNanos);
        if (left.isZero() || left.isNegative()) {
            isDown(thrown, basis);
        } else {
            lookIn(left);
            done();
        }
    }

    /** What was seen is written: only now is known what the next look is to be compared with. */
    private void done() {
        busy = false;
        if (lookAgain) {
            wake();
        }
    }

    private void reported(HostReport report, long basis) {
        if (Math.abs(report.load() - load) >= LOAD_STEP) {
            load = report.load();
            loads.add(report.host(), load);
        }
        ObservedHost now = new ObservedHost(
                report.host(), HostState.UP, report.millicores(), report.memory(), report.simulated(), report.facts());
        boolean back = row == null || row.state() == HostState.DOWN;
        Sighting sighting = Sighting.of(report, known, reported, doubtful, lookAtAll || back, inventory.head());
        List<String> looked = List.copyOf(doubtful);
        lookAtAll = false;
        doubtful.clear();
        List<Change> changes = new ArrayList<>(sighting.changes());
        if (!now.equals(written())) {
            changes.add(0, new Change.Put<>(SiteKinds.HOST_OBSERVED, report.host(), now));
        }
        if (!report.simulated() && !settled) {
            changes.addAll(HostRows.ofItsOwn(report.host(), inventory.head()));
        }
        Runnable written = () -> {
            row = now;
            settled = true;
            known = sighting.rows();
            reported = sighting.inStep();
            sighting.formerHosts().forEach(fleet::lookAtAll);
            removeCopies(sighting.staleCopies());
            if (!sighting.hiddenCopies().isEmpty() && timer == null) {
                lookIn(COPY_RETRY);
            }
        };
        commit(changes, basis, written, looked);
        if (!report.simulated() && timer == null) {
            lookIn(HEARTBEAT);
        }
    }

    /** The host's row; the first time that which an earlier process may have written. */
    private @Nullable ObservedHost written() {
        return row != null
                ? row
                : inventory
                        .head()
                        .rows(SiteKinds.HOST_OBSERVED)
                        .find(hypervisor.host())
                        .orElse(null);
    }

    private void isDown(@Nullable Throwable thrown, long basis) {
        lookIn(HEARTBEAT);
        ObservedHost before = written();
        if (before != null && before.state() == HostState.UP) {
            fleet.tellDown(hypervisor.host(), thrown);
            ObservedHost down = before.with(HostState.DOWN);
            commit(
                    List.of(new Change.Put<>(SiteKinds.HOST_OBSERVED, before.id(), down)),
                    basis,
                    () -> row = down,
                    List.of());
        } else {
            done();
        }
    }

    private void commit(List<Change> changes, long basis, Runnable written, List<String> lookedAt) {
        if (changes.isEmpty()) {
            written.run();
            done();
            return;
        }
        inventory
                .commit(new ChangeSet(basis, changes))
                .whenCompleteAsync(
                        (commit, thrown) -> {
                            if (commit instanceof Commit.Done) {
                                written.run();
                            } else {
                                lookAtAll = true;
                                doubtful.addAll(lookedAt);
                                lookAgain = true;
                            }
                            done();
                        },
                        lane);
    }

    /** A host whose report is of long ago says still what was removed: that is removed once more in a while. */
    private void removeCopies(List<VmId> copies) {
        if (copies.isEmpty()) {
            removedAt.clear();
            return;
        }
        long now = scheduler.nanoTime();
        removedAt.keySet().retainAll(copies.stream().map(VmId::value).toList());
        for (VmId vm : copies) {
            Long before = removedAt.get(vm.value());
            if (before == null || now - before >= COPY_RETRY.toNanos()) {
                removedAt.remove(vm.value());
                removeCopy(vm);
            } else {
                lookAtAll = true;
                lookIn(COPY_RETRY);
            }
        }
    }

    private void removeCopy(VmId vm) {
        fleet.removeCopy(vm, hypervisor.host())
                .whenCompleteAsync(
                        (removed, thrown) -> {
                            lookAtAll = true;
                            if (thrown == null) {
                                removedAt.put(vm.value(), scheduler.nanoTime());
                                look();
                            } else {
                                lookIn(COPY_RETRY);
                            }
                        },
                        lane);
    }

    /** Sets the one timer anew; null = to none. */
    private void lookIn(@Nullable Duration delay) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        if (delay != null && !closed) {
            timer = scheduler.after(delay, lane, () -> {
                timer = null;
                look();
            });
        }
    }
}
