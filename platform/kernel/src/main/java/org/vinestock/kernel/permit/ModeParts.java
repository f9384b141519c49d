package org.vinestock.kernel.permit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Clusters;
import org.vinestock.area.Parts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.decide.KnownClusters;
import org.vinestock.kernel.decide.Table;
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

/** How people see and set modes: {@code platform.mode}, {@code platform.modes}. */
public final class ModeParts {
    private static final String NAME = "platform.mode";

    private ModeParts() {}

    /**
     * Makes the parts.
     *
     * @param functions the functions of the areas that are there
     * @param clusters who knows the clusters; if nobody does, any name is taken
     */
    public static Parts of(Modes modes, Supplier<List<String>> functions, Supplier<List<Clusters>> clusters) {
        return new Parts(
                List.of(new SetMode(functions, clusters)),
                List.of(new Table<>(
                        "platform.modes",
                        "How far the machine may go by itself, by function and cluster",
                        Nothing.class,
                        Row.class,
                        (nothing, page) -> Table.page("", rows(modes, functions.get()), page))),
                List.of(new SetStep(modes)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }

    /** No parameters. */
    record Nothing() {}

    /** A function's mode in a cluster; {@code *}: in all that have none of their own. */
    record Row(String function, String cluster, Mode mode) {}

    /** What to set. */
    record Wanted(
            @Input(value = "The function, such as restart", at = 0, completedBy = "platform.modes#function")
            String function,

            @Input(value = "observe: record only; advise: wait for a person; act", at = 1)
            Mode mode,

            @Input(value = "A cluster; all that have no mode of their own if left out", optional = true) @Nullable
            String cluster) {
        String where() {
            return cluster == null ? Modes.SITE : cluster;
        }
    }

    /** What is set now, in words. */
    record Done(String message) {}

    private static List<Row> rows(Modes modes, List<String> functions) {
        List<Row> rows = new ArrayList<>();
        TreeSet<String> silent = new TreeSet<>(functions);
        for (Modes.Line line : modes.lines()) {
            rows.add(new Row(line.function(), line.cluster(), line.mode()));
            if (line.cluster().equals(Modes.SITE)) {
                silent.remove(line.function());
            }
        }
        silent.forEach(function -> rows.add(new Row(function, Modes.SITE, Mode.ACT)));
        return rows;
    }

    private record SetMode(Supplier<List<String>> functions, Supplier<List<Clusters>> clusters)
            implements Operation<Wanted, Done> {
        @Override
        public OperationType<Wanted, Done> type() {
            return new OperationType<>(
                    NAME,
                    Wanted.class,
                    Done.class,
                    Role.ADMIN,
                    "Say how far the machine may go by itself: observe, advise or act; kept at a restart");
        }

        @Override
        public Plan plan(Wanted wanted, Planning planning) {
            TreeSet<String> known = new TreeSet<>(functions.get());
            if (!known.contains(wanted.function())) {
                throw new IllegalArgumentException("function: there is no function \"" + wanted.function() + "\"; "
                        + (known.isEmpty() ? "no area has one" : "accepted: " + String.join(", ", known)));
            }
            if (wanted.cluster() != null) {
                KnownClusters.require(wanted.cluster(), clusters.get(), planning.snapshot());
            }
            String title = wanted.mode() + " for " + wanted.function() + " in "
                    + (wanted.cluster() == null ? "all clusters" : wanted.cluster());
            return new Plan(List.of(), List.of(new Step(title, NAME, wanted)));
        }

        @Override
        public Done result(Wanted wanted, Plan plan, Snapshot after) {
            return new Done(plan.steps().get(0).title());
        }
    }

    private record SetStep(Modes modes) implements StepHandler<Wanted> {
        @Override
        public String kind() {
            return NAME;
        }

        @Override
        public Class<Wanted> argumentsType() {
            return Wanted.class;
        }

        @Override
        public CompletionStage<?> apply(Wanted wanted, StepContext context) {
            return modes.set(wanted.function(), wanted.where(), wanted.mode(), context.by());
        }

        @Override
        public CompletionStage<?> undo(Wanted wanted, StepContext context) {
            return CompletableFuture.completedFuture(null); // the only step: what failed did nothing
        }

        @Override
        public CompletionStage<StepState> probe(Wanted wanted, StepContext context) {
            boolean done = modes.lines().contains(new Modes.Line(wanted.function(), wanted.where(), wanted.mode()));
            return CompletableFuture.completedFuture(done ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(Wanted wanted, StepContext context) {
            return CompletableFuture.completedFuture(
                    "would " + (wanted.mode() == Mode.ACT ? "let it act" : "let it " + wanted.mode() + " only"));
        }
    }
}
