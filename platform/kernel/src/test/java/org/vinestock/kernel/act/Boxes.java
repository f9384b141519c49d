package org.vinestock.kernel.act;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Parts;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.Kind;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Expense;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * A hand-made area for tests: boxes are painted, one step a box. It watches what the engine promises - that between plan
 * and step nobody else touched a box, that epochs grow - and can be told to fail.
 */
final class Boxes {
    static final Kind<Box> BOX = new Kind<>("box", Box.class);
    static final OperationType<Painting, Painted> PAINT =
            new OperationType<>("box.paint", Painting.class, Painted.class, Role.OPERATOR, "Paint boxes");

    record BoxId(String value) implements ObjectId {
        @Override
        public String kind() {
            return "box";
        }
    }

    record Box(BoxId id, int color) {}

    record Painting(
            @NotEmpty List<BoxId> boxes, @Min(0) @Max(1000) int color) {}

    record Painted(int color, int boxes) {}

    /** Paints one box; {@code from} is what the plan saw, -1 = no box. */
    record Stroke(BoxId box, int from, int to) {}

    /** What a step does instead of what it should. */
    enum Fault {
        NONE,
        FAILS_BEFORE,
        OUT_OF_PAINT,
        FAILS_AFTER,
        NO_PROVIDER,
        THROWS,
        RETURNS_NULL,
        FORGETS_TO_UNDO,
        UNDO_FAILS
    }

    final List<String> found = new ArrayList<>();
    final Map<String, Fault> faults = new LinkedHashMap<>();
    final List<String> log = new ArrayList<>();
    Duration perStep = Duration.ZERO;
    Duration probeAfter = Duration.ZERO;
    private final Map<String, Lease> newest = new TreeMap<>();
    private final Scheduler scheduler;
    private final Inventory inventory;
    private final Lane lane;

    Boxes(Scheduler scheduler, Inventory inventory) {
        this.scheduler = scheduler;
        this.inventory = inventory;
        this.lane = scheduler.lane("boxes");
    }

    /** The same boxes for a later process. */
    Boxes heir(Scheduler of) {
        Boxes heir = new Boxes(of, inventory);
        heir.found.addAll(found);
        heir.faults.putAll(faults);
        heir.log.addAll(log);
        heir.perStep = perStep;
        heir.newest.putAll(newest);
        return heir;
    }

    /** The fault of the next step that paints a box in a color. */
    void fault(String box, int color, Fault fault) {
        faults.put(box + " " + color, fault);
    }

    int color(String box) {
        return color(inventory.head(), new BoxId(box));
    }

    static int color(Snapshot snapshot, BoxId box) {
        return snapshot.rows(BOX).find(box).map(Box::color).orElse(-1);
    }

    Parts operations() {
        return parts(List.of(new Paint()), List.of());
    }

    Parts steps() {
        return parts(List.of(), List.of(new StrokeHandler()));
    }

    static Parts parts(List<Operation<?, ?>> operations, List<StepHandler<?>> steps) {
        return new Parts(operations, List.of(), steps, List.of(), List.of(), List.of(), List.of(), () -> {});
    }

    static Painting painting(int color, String... boxes) {
        return new Painting(List.of(boxes).stream().map(BoxId::new).toList(), color);
    }

    /** Plans one stroke a box. */
    static final class Paint implements Operation<Painting, Painted> {
        @Override
        public OperationType<Painting, Painted> type() {
            return PAINT;
        }

        @Override
        public Plan plan(Painting parameters, Planning planning) {
            if (parameters.color() == 999) {
                throw new IllegalStateException("a defect while planning");
            }
            List<Step> steps = new ArrayList<>();
            for (BoxId box : parameters.boxes()) {
                int from = color(planning.snapshot(), box);
                steps.add(new Step("paint " + box.value(), "box.stroke", new Stroke(box, from, parameters.color())));
            }
            return new Plan(List.copyOf(parameters.boxes()), steps);
        }

        @Override
        public Painted result(Painting parameters, Plan plan, Snapshot after) {
            return new Painted(parameters.color(), plan.steps().size());
        }

        @Override
        public List<String> clusters(Painting parameters, Plan plan, Snapshot snapshot) {
            return List.of("attic");
        }

        /** Colors from 500 to 599 count as restarts. */
        @Override
        public Optional<Expense> expense(Painting parameters, Plan plan, Snapshot snapshot) {
            return parameters.color() / 100 == 5
                    ? Optional.of(new Expense(
                            Expense.Acting.RESTART, parameters.boxes().get(0)))
                    : Optional.empty();
        }
    }

    private final class StrokeHandler implements StepHandler<Stroke> {
        @Override
        public String kind() {
            return "box.stroke";
        }

        @Override
        public Class<Stroke> argumentsType() {
            return Stroke.class;
        }

        @Override
        public CompletionStage<?> apply(Stroke stroke, StepContext context) {
            log.add("apply " + stroke.box().value() + " " + stroke.to());
            checkLease(stroke, context);
            int is = color(inventory.head(), stroke.box());
            if (is != stroke.from()) {
                found.add(stroke.box().value() + " was " + stroke.from() + " when planned and is " + is);
            }
            Fault fault = faults.getOrDefault(stroke.box().value() + " " + stroke.to(), Fault.NONE);
            context.progress(0.5, "half painted");
            return switch (fault) {
                case THROWS -> throw new IllegalStateException("the brush broke");
                case RETURNS_NULL -> null;
                case FAILS_BEFORE, OUT_OF_PAINT -> later(() -> failed(stroke));
                case NO_PROVIDER -> CompletableFuture.failedFuture(noBrush(stroke));
                case FAILS_AFTER ->
                    later(() -> {
                        write(stroke.box(), stroke.to());
                        return failed(stroke);
                    });
                default -> later(() -> write(stroke.box(), stroke.to()));
            };
        }

        @Override
        public CompletionStage<?> undo(Stroke stroke, StepContext context) {
            log.add("undo " + stroke.box().value() + " " + stroke.to());
            checkLease(stroke, context);
            Fault fault = faults.getOrDefault(stroke.box().value() + " " + stroke.to(), Fault.NONE);
            return switch (fault) {
                case FORGETS_TO_UNDO, OUT_OF_PAINT -> CompletableFuture.completedFuture(null);
                case UNDO_FAILS -> failed(stroke);
                default -> later(() -> write(stroke.box(), stroke.from()));
            };
        }

        @Override
        public CompletionStage<StepState> probe(Stroke stroke, StepContext context) {
            if (faults.get(stroke.box().value() + " " + stroke.to()) == Fault.NO_PROVIDER) {
                return CompletableFuture.failedFuture(noBrush(stroke));
            }
            CompletableFuture<StepState> found = new CompletableFuture<>();
            scheduler.after(probeAfter, lane, () -> {
                boolean is = color(inventory.head(), stroke.box()) == stroke.to();
                found.complete(is ? StepState.DONE : StepState.NOT_BEGUN);
            });
            return found;
        }

        @Override
        public CompletionStage<String> preview(Stroke stroke, StepContext context) {
            if (faults.containsKey(stroke.box().value() + " " + stroke.to())) {
                return failed(stroke);
            }
            return later(() -> CompletableFuture.completedFuture("from " + stroke.from() + " to " + stroke.to()));
        }

        private VinestockException noBrush(Stroke stroke) {
            return new VinestockException(ActError.NO_PROVIDER, "nobody has a brush for " + stroke.box());
        }

        private <T> CompletionStage<T> failed(Stroke stroke) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(
                    "no paint left for " + stroke.box().value()));
        }

        private void checkLease(Stroke stroke, StepContext context) {
            Lease lease = context.lease(stroke.box());
            Lease before = newest.put(stroke.box().value(), lease);
            if (before != null
                    && (before.epoch() > lease.epoch()
                            || (before.epoch() == lease.epoch()
                                    && !before.holder().equals(lease.holder())))) {
                found.add(stroke.box().value() + " is shown " + lease + " after " + before);
            }
        }

        private CompletionStage<?> write(BoxId box, int color) {
            Change change = color < 0 ? new Change.Removed(BOX, box) : new Change.Put<>(BOX, box, new Box(box, color));
            return inventory.commit(new ChangeSet(inventory.head().ref().revision(), List.of(change)));
        }

        private <T> CompletionStage<T> later(java.util.function.Supplier<CompletionStage<T>> call) {
            if (perStep.isZero()) {
                return call.get();
            }
            CompletableFuture<T> done = new CompletableFuture<>();
            scheduler.after(
                    perStep,
                    lane,
                    () -> call.get()
                            .whenCompleteAsync(
                                    (value, thrown) -> {
                                        if (thrown == null) {
                                            done.complete(value);
                                        } else {
                                            done.completeExceptionally(thrown);
                                        }
                                    },
                                    lane));
            return done;
        }
    }

    /** Removes a box without asking anybody. */
    void forget(String box) {
        inventory.commit(
                new ChangeSet(inventory.head().ref().revision(), List.of(new Change.Removed(BOX, new BoxId(box)))));
    }

    /** Writes a box without asking anybody. */
    void writeDirectly(String box, int color) {
        BoxId id = new BoxId(box);
        CompletionStage<Commit> commit = inventory.commit(new ChangeSet(
                inventory.head().ref().revision(), List.of(new Change.Put<>(BOX, id, new Box(id, color)))));
        if (commit.toCompletableFuture().isCompletedExceptionally()) {
            throw new AssertionError("not written");
        }
    }
}
