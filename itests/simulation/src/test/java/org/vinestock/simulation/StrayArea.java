package org.vinestock.simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.time.Lane;

/** An area that some time later throws, or writes down something that the seed does not decide. */
final class StrayArea implements Area {
    private record Count(HostId id, int number) {}

    private static final Kind<Count> COUNT = new Kind<>("count", Count.class);
    private static final HostId ID = new HostId("count");
    private static final AtomicInteger BUILT = new AtomicInteger();

    private final boolean fails;

    StrayArea(boolean fails) {
        this.fails = fails;
    }

    @Override
    public String name() {
        return "stray";
    }

    @Override
    public Parts build(Platform platform) {
        int number = BUILT.incrementAndGet();
        Lane lane = platform.scheduler().lane("stray");
        platform.scheduler().after(Duration.ofSeconds(3), lane, () -> {
            if (fails) {
                throw new IllegalStateException("on purpose");
            }
            long basis = platform.inventory().head().ref().revision();
            Change change = new Change.Put<>(COUNT, ID, new Count(ID, number));
            platform.inventory().commit(new ChangeSet(basis, List.of(change)));
        });
        return new Parts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), () -> {});
    }
}
