package org.vinestock.lab.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.LabError;
import org.vinestock.lab.drive.Drive;
import org.vinestock.lab.drive.Happening;
import org.vinestock.lab.drive.HappeningRun;
import org.vinestock.lab.site.LabSite;
import org.vinestock.model.VinestockException;
import org.vinestock.trial.Course;
import org.vinestock.trial.Trial;

/**
 * What came to this site lately, again: the site as it was then, with played hosts of the same sizes, and the VMs that arrived
 * and left since.
 *
 * @param state the site at the beginning
 * @param start when that was
 * @param happenings in the order of their times
 * @param refused how many of the arrivals found no place at the live site
 */
record LiveTrial(Snapshot state, Instant start, Duration length, List<Happening> happenings, int refused, long seed)
        implements Trial {
    private static final Duration SETTLED = Duration.ofSeconds(5);

    /** Copies the list. */
    LiveTrial {
        happenings = List.copyOf(happenings);
    }

    @Override
    public String title() {
        long arrived = happenings.stream()
                .filter(happening -> happening instanceof Happening.Arrives)
                .count();
        return String.format(
                Locale.ROOT,
                "what came to this site in the last %.1f min that it still holds: %,d VMs arrived (%,d found no place), %,d"
                        + " left; from revision %d on, %d hosts, played with the sizes of the real ones. Departures are"
                        + " dated by the arrival before them; what hosts did meanwhile is left out",
                length.toMillis() / 60_000.0,
                arrived,
                refused,
                happenings.size() - arrived,
                state.ref().revision(),
                accepting());
    }

    private int accepting() {
        Hosts hosts = state.hosts();
        int accepting = 0;
        for (int row = 0; row < hosts.end(); row++) {
            accepting += hosts.accepts(row) && hosts.millicores(row) > 0 ? 1 : 0;
        }
        return accepting;
    }

    @Override
    public Course begin(Platform twin) {
        HappeningRun run = new HappeningRun(twin, happenings.iterator(), length);
        run.begin((drive, then) -> build(twin, drive, then), accepting());
        return run;
    }

    private void build(Platform twin, Drive drive, Runnable then) {
        LabSite site = twin.service(LabSite.class)
                .orElseThrow(() -> new VinestockException(LabError.NOTHING_TO_DRIVE, "the twin plays no hosts"));
        site.powerOnAsIn(state, seed);
        drive.at(SETTLED.toMillis(), then);
    }
}
