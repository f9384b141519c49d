package org.vinestock.lab.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.LabOperations;
import org.vinestock.lab.drive.Sites;
import org.vinestock.model.ByteCount;
import org.vinestock.trial.Course;
import org.vinestock.trial.Trial;
import org.vinestock.trial.TrialRequest;

/** Recorded arrivals on hosts of 64 cores and 256 GiB. */
public final class TraceTrial implements Trial {
    private static final int HOSTS = 1_000;
    private static final int CORES = 64;
    private static final ByteCount MEMORY = ByteCount.ofGib(256);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final String file;
    private final ArrivalTrace trace;
    private final LabOperations.BuildSite site;

    private TraceTrial(String file, ArrivalTrace trace, LabOperations.BuildSite site) {
        this.file = file;
        this.trace = trace;
        this.site = site;
    }

    /**
     * Reads a trace whole; blocks for the disk.
     *
     * @throws IllegalArgumentException naming file, line and what is accepted
     */
    public static TraceTrial of(TrialRequest request) {
        Path file = Path.of(request.on());
        ArrivalTrace whole = TraceReader.read(file);
        Integer minutes = request.minutes();
        Integer hosts = request.hosts();
        return new TraceTrial(
                String.valueOf(file.getFileName()),
                minutes == null ? whole : whole.first(minutes * 60L),
                Sites.of(hosts == null ? HOSTS : hosts, CORES, MEMORY, request.seed()));
    }

    @Override
    public String title() {
        return String.format(
                Locale.ROOT,
                "recorded arrivals of %s: %,d VMs in %.1f h, on %,d played hosts of %d cores and %s",
                file,
                trace.vms(),
                trace.seconds() / 3600.0,
                site.hosts(),
                site.cores(),
                site.memory());
    }

    @Override
    public Instant start() {
        return START;
    }

    @Override
    public Duration length() {
        return Duration.ofSeconds(trace.seconds());
    }

    @Override
    public @Nullable Snapshot state() {
        return null;
    }

    @Override
    public Course begin(Platform twin) {
        ReplayRun run = new ReplayRun(twin, trace, site);
        run.begin();
        return run;
    }
}
