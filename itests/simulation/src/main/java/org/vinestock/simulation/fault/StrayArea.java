package org.vinestock.simulation.fault;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
    private record Text(HostId id, String text) {}

    private static final Kind<Text> TEXT = new Kind<>("stray", Text.class);
    private static final HostId ID = new HostId("stray");
    private static final AtomicInteger BUILT = new AtomicInteger();

    private final Way way;

    /** What it does. */
    enum Way {
        /** Throws. */
        FAILS,
        /** Writes the how manieth it is in this JVM. */
        COUNTS,
        /** Writes objects in the order of their places in memory. */
        HASHES,
        /** Writes numbers in an order that each JVM draws for itself. */
        SALTED
    }

    StrayArea(Way way) {
        this.way = way;
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
            long basis = platform.inventory().head().ref().revision();
            Change change = new Change.Put<>(TEXT, ID, new Text(ID, text(number)));
            platform.inventory().commit(new ChangeSet(basis, List.of(change)));
        });
        return new Parts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), () -> {});
    }

    private String text(int number) {
        return switch (way) {
            case FAILS -> throw new IllegalStateException("on purpose");
            case COUNTS -> String.valueOf(number);
            case HASHES -> String.valueOf(hashed());
            case SALTED -> String.valueOf(salted());
        };
    }

    /** Each JVM begins somewhere else; of eight every sixteenth would begin where this one does, and go the same way. */
    private static List<Integer> salted() {
        Integer[] spread =
                IntStream.range(0, 2_000).mapToObj(i -> i * 0x9E3779B9).toArray(Integer[]::new);
        return Set.of(spread).stream().limit(4).toList();
    }

    /** A name for each of some objects, in the order in which a hash set has them. */
    private static List<String> hashed() {
        Set<Object> objects = new HashSet<>();
        Object[] all = new Object[8];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Object();
            objects.add(all[i]);
        }
        return objects.stream()
                .map(object -> String.valueOf(List.of(all).indexOf(object)))
                .toList();
    }
}
