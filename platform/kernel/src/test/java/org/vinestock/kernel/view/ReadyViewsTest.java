package org.vinestock.kernel.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

class ReadyViewsTest {
    private static final Kind<Tree> TREE = new Kind<>("tree", Tree.class);

    private final SimulatedScheduler scheduler = new SimulatedScheduler(
            1, Instant.EPOCH, (lane, thrown) -> failures().add(thrown));
    private final Inventory inventory = new MemoryInventories().memory(scheduler);
    private final List<View<?, ?>> views = new ArrayList<>(List.of(new Count()));
    private final ReadyViews ready = new ReadyViews(scheduler, inventory, () -> views);
    private final List<Throwable> failures = new ArrayList<>();
    private final List<String> derived = new ArrayList<>();

    private final Derivation<Integer> count = new Derivation<>() {
        @Override
        public Integer build(Snapshot snapshot) {
            derived.add("built");
            return snapshot.rows(TREE).size();
        }

        @Override
        public Integer update(Integer before, Snapshot earlier, Snapshot now, List<Change> changes) {
            derived.add("updated by " + changes.size());
            return now.rows(TREE).size();
        }
    };

    private List<Throwable> failures() {
        return failures;
    }

    private record Tree(int height) {}

    private record TreeId(String value) implements ObjectId {
        @Override
        public String kind() {
            return "tree";
        }
    }

    private record Nothing() {}

    private record Row(int trees) {}

    private final class Count implements View<Nothing, Row> {
        @Override
        public String name() {
            return "tree.count";
        }

        @Override
        public String summary() {
            return "Count the trees";
        }

        @Override
        public Class<Nothing> parametersType() {
            return Nothing.class;
        }

        @Override
        public Class<Row> rowType() {
            return Row.class;
        }

        @Override
        public void prepare(Snapshot snapshot) {
            snapshot.derive(count);
        }

        @Override
        public CompletionStage<Page<Row>> read(Nothing parameters, Snapshot snapshot, PageRequest page) {
            return CompletableFuture.completedFuture(new Page<>(List.of(new Row(snapshot.derive(count)))));
        }
    }

    private void plant(String name) {
        inventory.commit(new ChangeSet(
                inventory.head().ref().revision(), List.of(new Change.Put<>(TREE, new TreeId(name), new Tree(1)))));
    }

    private void run(long millis) {
        scheduler.run(scheduler.instant().plusMillis(millis), 1_000);
        assertEquals(List.of(), failures);
    }

    private int read() {
        return new Count()
                .read(new Nothing(), inventory.committed(), new PageRequest("", 10))
                .toCompletableFuture()
                .join()
                .rows()
                .get(0)
                .trees();
    }

    @Test
    void whoReadsFindsWhatIsNeeded() {
        plant("oak");
        ready.start();
        run(1);
        assertEquals(List.of("built"), derived);
        assertEquals(1, read());
        assertEquals(List.of("built"), derived);
    }

    @Test
    void manyChangesAreTakenInAtOnceAndSoon() {
        ready.start();
        run(1);
        derived.clear();
        for (int i = 0; i < 100; i++) {
            plant("tree-" + i);
        }
        run(300);
        assertEquals(List.of("updated by 100"), derived);
        assertEquals(100, read());
        assertEquals(1, derived.size());
        run(Duration.ofHours(1).toMillis());
        assertEquals(1, derived.size(), "nothing changed");
    }

    @Test
    void oneThatFailsKeepsNobodyFromPreparing() {
        views.add(0, new FailingView(new Count()));
        ready.start();
        run(1);
        assertEquals(List.of("built"), derived);
        plant("oak");
        run(300);
        assertEquals(2, derived.size());
    }

    @Test
    void endsWhenClosed() {
        ready.start();
        run(1);
        ready.close();
        run(1);
        derived.clear();
        plant("oak");
        run(1000);
        assertTrue(derived.isEmpty());
    }

    private record FailingView(Count count) implements View<Nothing, Row> {
        @Override
        public String name() {
            return "tree.broken";
        }

        @Override
        public String summary() {
            return "Fail";
        }

        @Override
        public Class<Nothing> parametersType() {
            return Nothing.class;
        }

        @Override
        public Class<Row> rowType() {
            return Row.class;
        }

        @Override
        public void prepare(Snapshot snapshot) {
            throw new IllegalStateException("on purpose");
        }

        @Override
        public CompletionStage<Page<Row>> read(Nothing parameters, Snapshot snapshot, PageRequest page) {
            return count.read(parameters, snapshot, page);
        }
    }
}
