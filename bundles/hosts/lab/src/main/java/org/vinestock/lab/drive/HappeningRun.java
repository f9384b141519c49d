package org.vinestock.lab.drive;

import java.time.Duration;
import java.util.Iterator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.VmId;
import org.vinestock.time.Lane;
import org.vinestock.trial.Course;

/**
 * Lets things happen in a twin, each at its time, by the operations that people use.
 *
 * <p>Runs on a lane of the twin and is owned by it.
 */
public final class HappeningRun implements Course {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int RETRIES = 30;

    private final Platform twin;
    private final Lane lane;
    private final Drive drive;
    private final Iterator<Happening> happenings;
    private final long endMillis;
    private final TreeSet<String> beingMade = new TreeSet<>();

    /**
     * Makes one in which nothing happens yet.
     *
     * @param happenings in the order of their times
     * @param length how long it goes on, whatever happens
     */
    public HappeningRun(Platform twin, Iterator<Happening> happenings, Duration length) {
        this.twin = twin;
        this.lane = twin.scheduler().lane("lab.trial");
        this.drive = new Drive(twin, lane);
        this.happenings = happenings;
        this.endMillis = length.toMillis();
    }

    /** What builds the site. */
    @FunctionalInterface
    public interface Builder {
        /** Builds it, on the lane; may start operations of the drive. */
        void build(Drive drive, Runnable then);
    }

    /** Builds the site; when so many of its hosts take VMs, things begin to happen. */
    public void begin(Builder builder, int hosts) {
        lane.execute(() -> builder.build(drive, () -> drive.beginWith(hosts, this::next)));
    }

    @Override
    public Duration passed() {
        return drive.passed();
    }

    @Override
    public boolean ended() {
        return drive.ended();
    }

    @Override
    public @Nullable RuntimeException failure() {
        return drive.failure();
    }

    private void next() {
        if (happenings.hasNext()) {
            Happening happening = happenings.next();
            drive.at(happening.atMillis(), () -> {
                happen(happening);
                next();
            });
        } else {
            drive.at(endMillis, drive::end);
        }
    }

    private void happen(Happening happening) {
        if (happening instanceof Happening.Arrives arrives) {
            String name = arrives.vm().value();
            beingMade.add(name);
            drive.create(
                    arrives.vm(),
                    arrives.millicores(),
                    arrives.memory(),
                    arrives.labels(),
                    (made, thrown) -> beingMade.remove(name));
        } else if (happening instanceof Happening.Leaves leaves) {
            leave(leaves.vm(), RETRIES);
        }
    }

    /** A VM that is being made, or restarted, leaves when that is over; one that found no place is not there. */
    private void leave(VmId id, int retries) {
        if (beingMade.contains(id.value())) {
            leaveLater(id, retries);
        } else if (twin.inventory().head().rows(SiteKinds.VM).find(id).isPresent()) {
            drive.start(MachineOperations.DELETE_VM, new MachineOperations.DeleteVm(id), (gone, thrown) -> {
                if (thrown != null) {
                    leaveLater(id, retries);
                }
            });
        }
    }

    private void leaveLater(VmId id, int retries) {
        if (retries > 0) {
            twin.scheduler().after(RETRY, lane, () -> leave(id, retries - 1));
        }
    }
}
