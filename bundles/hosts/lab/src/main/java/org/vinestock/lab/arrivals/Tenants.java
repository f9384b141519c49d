package org.vinestock.lab.arrivals;

import java.math.BigDecimal;
import java.util.PriorityQueue;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.lab.site.LabClock;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.task.Request;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * Tenants whose VMs arrive and leave by lab time, through the operations that people use, and keep the site around
 * {@value #TARGET} full: the emptier, the quicker they come; nobody comes above 0.7.
 *
 * <p>At most {@value #MAX_OUTSTANDING} operations are under way. An arrival that is due meanwhile is counted and not
 * issued; a departure waits. So a lab that is faster than its container is bounded by the container.
 *
 * <p>All state is owned by one lane; {@link #counts} is published for any thread.
 */
public final class Tenants {
    /** The most operations under way. */
    public static final int MAX_OUTSTANDING = 32;

    /** The rule of the tenants. */
    public static final PlacementRule RULE = VmMix.WEB_APART;

    private static final double TARGET = 0.675;
    private static final double GAIN = 40;
    private static final double FASTEST = 20;
    private static final double SLOWEST = 0.25;
    private static final long SHORTEST_TURN_NANOS = 1_000_000;
    private static final long RETRY_NANOS = 10_000_000_000L;
    private static final Request BY = new Request("lab/arrivals");

    private final Platform platform;
    private final LabClock clock;
    private final Lane lane;
    private final PriorityQueue<Departure> departures = new PriorityQueue<>();
    private RandomGenerator random;
    private double perSecond;
    private long nextArrival;
    private long departuresMade;
    private @Nullable Cancellable timer;
    private int outstanding;
    private long created;
    private long deleted;
    private long refused;
    private long failed;
    private long notIssued;
    private String lastFailure = "";
    private volatile ArrivalCounts counts = ArrivalCounts.NONE;

    private record Departure(long labNanos, long number, VmId vm) implements Comparable<Departure> {
        @Override
        public int compareTo(Departure other) {
            int byTime = Long.compare(labNanos, other.labNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Makes tenants that do not want anything yet. */
    public Tenants(Platform platform, LabClock clock) {
        this.platform = platform;
        this.clock = clock;
        this.lane = platform.scheduler().lane("lab.tenants");
        this.random = platform.scheduler().random("lab.tenants");
    }

    /** Begins, or goes on with another rate; 0 stops. VMs of the lab's tenants that are there already leave in time. */
    public void arrive(double vmsPerSecond, long seed) {
        lane.execute(() -> {
            boolean first = perSecond == 0 && vmsPerSecond > 0;
            random = platform.scheduler().random("lab.tenants." + seed);
            perSecond = vmsPerSecond;
            nextArrival = clock.nanos();
            if (first) {
                adopt();
            }
            turn();
        });
    }

    /** Has to be called after the clock's speed changed. */
    public void speedChanged() {
        lane.execute(this::turn);
    }

    /** What happened so far. */
    public ArrivalCounts counts() {
        return counts;
    }

    /** Stops; operations under way end by themselves. */
    public void close() {
        lane.execute(() -> {
            perSecond = 0;
            departures.clear();
            stopTimer();
        });
    }

    private void adopt() {
        departures.clear();
        for (Vm vm : platform.inventory().head().rows(SiteKinds.VM)) {
            if (VmMix.isTenants(vm.labels())) {
                leaveAfter(lifetimeNanos(fill()), vm.id());
            }
        }
    }

    private void turn() {
        stopTimer();
        if (perSecond > 0 && clock.speed() > 0) {
            long now = clock.nanos();
            depart(now);
            arrive(now);
            arm(now);
        }
        publish();
    }

    private void depart(long now) {
        for (Departure due = departures.peek();
                due != null && due.labNanos() <= now && outstanding < MAX_OUTSTANDING;
                due = departures.peek()) {
            departures.remove();
            VmId vm = due.vm();
            start(MachineOperations.DELETE_VM, new MachineOperations.DeleteVm(vm), (gone, failure) -> {
                if (failure == null) {
                    deleted++;
                } else if (!(failure instanceof IllegalArgumentException)) {
                    // Somebody holds it, or its host does not answer: it leaves later. Unknown: somebody deleted it.
                    leaveAfter(Math.max(RETRY_NANOS, (long) (1e9 * clock.speed())), vm);
                }
            });
        }
    }

    private void arrive(long now) {
        Fill fill = fill();
        double pace = Math.max(0, Math.min(FASTEST, 1 + GAIN * (TARGET - fill.dominant())));
        if (pace == 0) {
            nextArrival = Math.max(nextArrival, now + (long) (1e9 / perSecond));
        }
        while (nextArrival <= now) {
            boolean room = outstanding < MAX_OUTSTANDING;
            VmMix.Wish wish = VmMix.draw(random);
            if (room) {
                create(wish, lifetimeNanos(fill));
            } else {
                notIssued++;
            }
            nextArrival += (long) (exponential() * 1e9 / (perSecond * (room ? Math.max(SLOWEST, pace) : 1)));
        }
    }

    private void create(VmMix.Wish wish, long lifetimeNanos) {
        MachineOperations.CreateVm vm = new MachineOperations.CreateVm(
                null, BigDecimal.valueOf(wish.size().cores()), wish.memory(), wish.labels());
        start(MachineOperations.CREATE_VM, vm, (made, failure) -> {
            if (made != null) {
                created++;
                leaveAfter(lifetimeNanos, made.id());
            }
        });
    }

    private <P extends Record, R extends Record> void start(
            OperationType<P, R> type, P parameters, BiConsumer<@Nullable R, @Nullable Throwable> then) {
        outstanding++;
        try {
            platform.operations()
                    .start(type, parameters, BY)
                    .result()
                    .whenCompleteAsync((result, thrown) -> ended(result, thrown, then), lane);
        } catch (IllegalArgumentException | VinestockException e) {
            lane.execute(() -> ended(null, e, then));
        }
    }

    private <R> void ended(
            @Nullable R result, @Nullable Throwable thrown, BiConsumer<@Nullable R, @Nullable Throwable> then) {
        outstanding--;
        Throwable failure = thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
        if (failure instanceof VinestockException e && e.code() == MachineError.NO_HOST_FITS) {
            refused++;
        } else if (failure != null) {
            failed++;
            lastFailure = String.valueOf(failure.getMessage());
        }
        then.accept(result, failure);
        turn();
    }

    private void leaveAfter(long labNanos, VmId vm) {
        departures.add(new Departure(clock.nanos() + labNanos, departuresMade++, vm));
    }

    /** Exponential, with the mean at which as many leave as come when the site is as full as it should be. */
    private long lifetimeNanos(Fill fill) {
        if (fill.millicores() == 0) {
            return RETRY_NANOS;
        }
        double meanSeconds = TARGET / (perSecond * VmMix.meanShare(fill));
        return (long) (exponential() * meanSeconds * 1e9);
    }

    private double exponential() {
        return -Math.log(1 - random.nextDouble());
    }

    private Fill fill() {
        return Fill.of(platform.inventory().head().hosts());
    }

    private void arm(long now) {
        long next = nextArrival;
        Departure due = departures.peek();
        if (due != null && outstanding < MAX_OUTSTANDING) {
            next = Math.min(next, due.labNanos());
        }
        long shortest = (long) (SHORTEST_TURN_NANOS * clock.speed());
        timer = clock.after(Math.max(shortest, next - now), lane, this::turn);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void publish() {
        counts = new ArrivalCounts(perSecond, created, deleted, refused, failed, notIssued, outstanding, lastFailure);
    }
}
