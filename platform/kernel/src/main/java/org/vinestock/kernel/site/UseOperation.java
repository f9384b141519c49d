package org.vinestock.kernel.site;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Area;
import org.vinestock.inventory.Snapshot;
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
import org.vinestock.time.Lane;

/** {@code area.use}: puts another provider of an area into use. */
final class UseOperation implements Operation<UseOperation.Which, UseOperation.Used> {
    private static final String USE = "area.use";

    private final Areas areas;
    private final Lane lane;

    UseOperation(Areas areas, Lane lane) {
        this.areas = areas;
        this.lane = lane;
    }

    /** Names a provider. */
    record Which(
            @Input(value = "The area, such as placement", at = 0, completedBy = "area.list#area")
            String area,

            @Input(
                    value = "The provider, as area:list names it; the next one that waits if left out",
                    at = 1,
                    optional = true,
                    completedBy = "area.list#provider")
            @Nullable
            String provider) {}

    /** What is in use, in words. */
    record Used(String message) {}

    /** Arguments of the step. */
    record Use(String area, String provider) {}

    @Override
    public OperationType<Which, Used> type() {
        return new OperationType<>(
                USE,
                Which.class,
                Used.class,
                Role.ADMIN,
                "Put another provider of an area into use; kept at a restart");
    }

    @Override
    public Plan plan(Which which, Planning planning) {
        Area area = areas.find(which.area(), which.provider() == null ? "" : which.provider());
        String provider = areas.nameOf(area);
        return new Plan(
                List.of(),
                List.of(new Step("use " + provider + " for " + which.area(), USE, new Use(which.area(), provider))));
    }

    @Override
    public Used result(Which which, Plan plan, Snapshot after) {
        Use use = (Use) plan.steps().get(0).arguments();
        return new Used(use.area() + " is provided by " + use.provider());
    }

    StepHandler<Use> step() {
        return new UseStep();
    }

    private String inUse(String area) {
        InstalledArea installed = areas.installed().get(area);
        return installed == null ? "" : areas.nameOf(installed.area());
    }

    private final class UseStep implements StepHandler<Use> {
        @Override
        public String kind() {
            return USE;
        }

        @Override
        public Class<Use> argumentsType() {
            return Use.class;
        }

        @Override
        public CompletionStage<?> apply(Use use, StepContext context) {
            return CompletableFuture.supplyAsync(() -> areas.use(use.area(), use.provider(), context.by()), lane)
                    .thenComposeAsync(kept -> kept, lane);
        }

        @Override
        public CompletionStage<?> undo(Use use, StepContext context) {
            return CompletableFuture.completedFuture(null); // the only step: what failed did nothing
        }

        @Override
        public CompletionStage<StepState> probe(Use use, StepContext context) {
            return CompletableFuture.completedFuture(
                    inUse(use.area()).equals(use.provider()) ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(Use use, StepContext context) {
            String now = inUse(use.area());
            return CompletableFuture.completedFuture("would take the place of " + (now.isEmpty() ? "none" : now));
        }
    }
}
