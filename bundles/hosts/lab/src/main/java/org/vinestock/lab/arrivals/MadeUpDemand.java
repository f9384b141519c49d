package org.vinestock.lab.arrivals;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.LabOperations;
import org.vinestock.lab.drive.Drive;
import org.vinestock.lab.drive.Happening;
import org.vinestock.lab.drive.HappeningRun;
import org.vinestock.lab.drive.Sites;
import org.vinestock.model.ByteCount;
import org.vinestock.model.VmId;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.trial.Course;
import org.vinestock.trial.Trial;
import org.vinestock.trial.TrialRequest;

/**
 * Demand that is made up: VMs of the tenants' mix arrive at random and live {@value #MEAN_LIFETIME_MINUTES} minutes on
 * average. What they would take together, if all found a place, rises from {@value #LOW} of the site to {@value #HIGH} in the
 * middle and falls again, so that strategies differ in what they turn away. All of it follows from the seed.
 */
public final class MadeUpDemand implements Trial {
    private static final int HOSTS = 100;
    private static final int CORES = 32;
    private static final ByteCount MEMORY = ByteCount.ofGib(128);
    private static final int MINUTES = 720;
    private static final int MEAN_LIFETIME_MINUTES = 120;
    private static final double LOW = 0.5;
    private static final double HIGH = 1.1;
    /** Over how long the VMs of the beginning arrive. */
    private static final long FIRST_MILLIS = 60_000;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final double MEAN_MILLIS = MEAN_LIFETIME_MINUTES * 60_000.0;
    private static final double MOST_VMS = 20_000_000;

    private final LabOperations.BuildSite site;
    private final Duration length;
    /** How many VMs of the mean size fill the site. */
    private final double whole;

    private MadeUpDemand(LabOperations.BuildSite site, Duration length) {
        this.site = site;
        this.length = length;
        long hosts = site.hosts();
        whole = 1
                / VmMix.meanShare(new Fill(
                        hosts * site.cores() * 1000L, hosts * site.memory().bytes(), 0, 0));
    }

    /** Makes one up. */
    public static MadeUpDemand of(TrialRequest request) {
        Integer hosts = request.hosts();
        Integer minutes = request.minutes();
        Duration length = Duration.ofMinutes(minutes == null ? MINUTES : minutes);
        LabOperations.BuildSite site = Sites.of(hosts == null ? HOSTS : hosts, CORES, MEMORY, request.seed());
        MadeUpDemand demand = new MadeUpDemand(site, length);
        if (demand.vms() > MOST_VMS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "minutes: %d on %d hosts are some %,.0f VMs; accepted: up to %,.0f",
                    length.toMinutes(),
                    site.hosts(),
                    demand.vms(),
                    MOST_VMS));
        }
        return demand;
    }

    /** How much of the site is wanted at a share of the whole time. */
    private static double wanted(double share) {
        return LOW + (HIGH - LOW) * Math.sin(Math.PI * share);
    }

    /** How many VMs will arrive, on average of all seeds. */
    private double vms() {
        double mean = LOW + (HIGH - LOW) * 2 / Math.PI;
        return whole * (LOW + mean * length.toMillis() / MEAN_MILLIS);
    }

    /** What happens, in the order of its times; made as it is asked for. */
    private final class Happenings implements Iterator<Happening> {
        private final RandomGenerator random = new SplittableRandom(site.seed());
        private final PriorityQueue<Leaving> leaving = new PriorityQueue<>();
        private final long first = Math.round(LOW * whole);
        private long vms;
        private double nextArrival;

        private record Leaving(long atMillis, long number) implements Comparable<Leaving> {
            @Override
            public int compareTo(Leaving other) {
                int byTime = Long.compare(atMillis, other.atMillis);
                return byTime != 0 ? byTime : Long.compare(number, other.number);
            }
        }

        @Override
        public boolean hasNext() {
            return nextArrival < length.toMillis() || !leaving.isEmpty();
        }

        @Override
        public Happening next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Leaving leaves = leaving.peek();
            if (leaves != null && leaves.atMillis() <= nextArrival) {
                leaving.remove();
                return new Happening.Leaves(leaves.atMillis(), name(leaves.number()));
            }
            long at = (long) nextArrival;
            VmMix.Wish wish = VmMix.draw(random);
            long number = ++vms;
            long until = at + (long) (exponential() * MEAN_MILLIS);
            if (until < length.toMillis()) {
                leaving.add(new Leaving(until, number));
            }
            nextArrival += vms < first
                    ? (double) FIRST_MILLIS / first
                    : exponential() * MEAN_MILLIS / (wanted(nextArrival / length.toMillis()) * whole);
            return new Happening.Arrives(at, name(number), wish.size().cores() * 1000, wish.memory(), wish.labels());
        }

        private static VmId name(long number) {
            return new VmId("vm-" + number);
        }

        private double exponential() {
            return -Math.log(1 - random.nextDouble());
        }
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "made-up demand, seed %d: some %,.0f VMs in %.1f h, on %,d played hosts of %d cores and %s; rule: %s",
                site.seed(),
                vms(),
                length.toMinutes() / 60.0,
                site.hosts(),
                site.cores(),
                site.memory(),
                VmMix.WEB_APART.inWords());
    }

    @Override
    public Instant start() {
        return START;
    }

    @Override
    public Duration length() {
        return length;
    }

    @Override
    public @Nullable Snapshot state() {
        return null;
    }

    @Override
    public Course begin(Platform twin) {
        HappeningRun run = new HappeningRun(twin, new Happenings(), length);
        run.begin((drive, then) -> build(twin, drive, then), site.hosts());
        return run;
    }

    private void build(Platform twin, Drive drive, Runnable then) {
        PlacementRule rule = VmMix.WEB_APART;
        long basis = twin.inventory().head().ref().revision();
        CompletionStage<Commit> unused = twin.inventory()
                .commit(new ChangeSet(basis, List.of(new Change.Put<>(PlacementRule.KIND, rule.id(), rule))));
        drive.start(LabOperations.BUILD, site, (built, thrown) -> {
            if (thrown != null) {
                drive.fail(thrown);
            } else {
                then.run();
            }
        });
    }
}
