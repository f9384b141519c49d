package org.vinestock.lab.arrivals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

    private final LabOperations.BuildSite site;
    private final Duration length;
    private final List<Happening> happenings;
    private final int vms;

    private MadeUpDemand(LabOperations.BuildSite site, Duration length, List<Happening> happenings, int vms) {
        this.site = site;
        this.length = length;
        this.happenings = happenings;
        this.vms = vms;
    }

    /** Makes one up. */
    public static MadeUpDemand of(TrialRequest request) {
        Integer hosts = request.hosts();
        Integer minutes = request.minutes();
        Duration length = Duration.ofMinutes(minutes == null ? MINUTES : minutes);
        LabOperations.BuildSite site = Sites.of(hosts == null ? HOSTS : hosts, CORES, MEMORY, request.seed());
        return new Making(site, length, new SplittableRandom(request.seed())).made();
    }

    /** How much of the site is wanted at a share of the whole time. */
    private static double wanted(double share) {
        return LOW + (HIGH - LOW) * Math.sin(Math.PI * share);
    }

    private static final class Making {
        private final LabOperations.BuildSite site;
        private final Duration length;
        private final RandomGenerator random;
        private final List<Happening> happenings = new ArrayList<>();
        private int vms;

        Making(LabOperations.BuildSite site, Duration length, RandomGenerator random) {
            this.site = site;
            this.length = length;
            this.random = random;
        }

        MadeUpDemand made() {
            Fill fill = new Fill(
                    1000L * site.hosts() * site.cores(),
                    site.hosts() * site.memory().bytes(),
                    0,
                    0);
            double whole = 1 / VmMix.meanShare(fill);
            long first = Math.round(wanted(0) * whole);
            for (long i = 0; i < first; i++) {
                arrive(FIRST_MILLIS * i / first);
            }
            double meanMillis = MEAN_LIFETIME_MINUTES * 60_000.0;
            double at = 0;
            while (true) {
                double perMilli = wanted(at / length.toMillis()) * whole / meanMillis;
                at += exponential() / perMilli;
                if (at >= length.toMillis()) {
                    break;
                }
                arrive((long) at);
            }
            happenings.sort(Comparator.comparingLong(Happening::atMillis));
            return new MadeUpDemand(site, length, List.copyOf(happenings), vms);
        }

        private void arrive(long millis) {
            VmMix.Wish wish = VmMix.draw(random);
            VmId id = new VmId("vm-" + ++vms);
            happenings.add(new Happening.Arrives(millis, id, wish.size().cores() * 1000, wish.memory(), wish.labels()));
            long leaves = millis + (long) (exponential() * MEAN_LIFETIME_MINUTES * 60_000);
            if (leaves < length.toMillis()) {
                happenings.add(new Happening.Leaves(leaves, id));
            }
        }

        private double exponential() {
            return -Math.log(1 - random.nextDouble());
        }
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "made-up demand, seed %d: %,d VMs in %.1f h, on %,d played hosts of %d cores and %s; rule: %s",
                site.seed(),
                vms,
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
        HappeningRun run = new HappeningRun(twin, happenings, length);
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
