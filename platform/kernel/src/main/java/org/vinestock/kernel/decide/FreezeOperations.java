package org.vinestock.kernel.decide;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Clusters;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.kernel.turn.Freeze;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** {@code platform.freeze} and {@code platform.unfreeze}; kept across restarts. */
final class FreezeOperations {
    static final String FREEZE = "freeze";
    /** The kind of the alarm that says so for as long as it lasts. */
    private static final String FROZEN = "frozen";

    private static final String STEP = "platform.freeze";

    private final Freeze freeze;
    private final Keeper keeper;
    private final Alarms alarms;
    private final Object lock = new Object();

    FreezeOperations(Freeze freeze, Keeper keeper, Alarms alarms) {
        this.freeze = freeze;
        this.keeper = keeper;
        this.alarms = alarms;
        TreeSet<String> frozen = new TreeSet<>();
        for (Kept kept : keeper.former()) {
            if (kept.what().equals(FREEZE)) {
                frozen.add(kept.key());
            }
        }
        freeze.set(frozen);
        frozen.forEach(name -> tell(name, true));
    }

    private void tell(String name, boolean frozen) {
        boolean site = name.equals(Freeze.SITE);
        String subject = site ? "the whole site" : "cluster " + name;
        if (frozen) {
            alarms.raise(
                    subject,
                    FROZEN,
                    "nothing acts unless told --despite-freeze; end it with platform:unfreeze"
                            + (site ? "" : " " + name));
        } else {
            alarms.clear(subject, FROZEN);
        }
    }

    /** What to freeze. */
    record Where(
            @Input(value = "A cluster; the whole site if left out", at = 0, optional = true) @Nullable
            String cluster) {
        String name() {
            return cluster == null ? Freeze.SITE : cluster;
        }
    }

    /** What is frozen, in words. */
    record Frozen(String message) {}

    /** Arguments of the step. */
    record Change(String name, boolean frozen) {}

    /** {@code clusters}: who knows the clusters; if nobody does, any name is taken. */
    List<Operation<?, ?>> operations(Supplier<List<Clusters>> clusters) {
        return List.of(
                new Of(
                        "platform.freeze",
                        "Refuse all acting, people's too unless they say --despite-freeze",
                        true,
                        clusters),
                new Of("platform.unfreeze", "Let the machine act again", false, clusters));
    }

    List<StepHandler<?>> steps() {
        return List.of(new ChangeStep());
    }

    private Frozen now() {
        String text = freeze.text();
        return new Frozen(text.isEmpty() ? "nothing is frozen" : "frozen: " + text);
    }

    private final class Of implements Operation<Where, Frozen> {
        private final OperationType<Where, Frozen> type;
        private final boolean frozen;
        private final Supplier<List<Clusters>> clusters;

        Of(String name, String summary, boolean frozen, Supplier<List<Clusters>> clusters) {
            type = new OperationType<>(name, Where.class, Frozen.class, Role.ADMIN, summary);
            this.frozen = frozen;
            this.clusters = clusters;
        }

        @Override
        public OperationType<Where, Frozen> type() {
            return type;
        }

        @Override
        public Plan plan(Where where, Planning planning) {
            if (where.cluster() != null && !freeze.frozen().contains(where.cluster())) {
                KnownClusters.require(where.cluster(), clusters.get(), planning.snapshot());
            }
            String title =
                    (frozen ? "freeze " : "unfreeze ") + (where.cluster() == null ? "the site" : where.cluster());
            return new Plan(List.of(), List.of(new Step(title, STEP, new Change(where.name(), frozen))));
        }

        @Override
        public Frozen result(Where where, Plan plan, Snapshot after) {
            return now();
        }
    }

    private final class ChangeStep implements StepHandler<Change> {
        @Override
        public String kind() {
            return STEP;
        }

        @Override
        public Class<Change> argumentsType() {
            return Change.class;
        }

        @Override
        public CompletionStage<?> apply(Change change, StepContext context) {
            synchronized (lock) {
                TreeSet<String> names = new TreeSet<>(freeze.frozen());
                boolean changed = change.frozen() ? names.add(change.name()) : names.remove(change.name());
                freeze.set(names);
                tell(change.name(), change.frozen());
                return changed
                        ? keeper.keep(FREEZE, change.name(), change.frozen() ? "frozen" : "", "", context.by())
                        : CompletableFuture.completedFuture(null);
            }
        }

        @Override
        public CompletionStage<?> undo(Change change, StepContext context) {
            return CompletableFuture.completedFuture(null); // the only step: what failed did nothing
        }

        @Override
        public CompletionStage<StepState> probe(Change change, StepContext context) {
            boolean done = freeze.frozen().contains(change.name()) == change.frozen();
            return CompletableFuture.completedFuture(done ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(Change change, StepContext context) {
            return CompletableFuture.completedFuture(
                    change.frozen() ? "nothing would act any more" : "it would act again");
        }
    }
}
