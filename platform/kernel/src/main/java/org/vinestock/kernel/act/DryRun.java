package org.vinestock.kernel.act;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.task.PlannedStep;
import org.vinestock.time.Lane;

/** Asks the steps of a plan what they would do, one after the other. Owned by its lane. */
final class DryRun implements StepContext {
    private final Plan plan;
    private final Catalogue catalogue;
    private final Inventory inventory;
    private final Lane lane;
    private final List<PlannedStep> steps = new ArrayList<>();
    private final CompletableFuture<List<PlannedStep>> all = new CompletableFuture<>();

    DryRun(Plan plan, Catalogue catalogue, Inventory inventory, Lane lane) {
        this.plan = plan;
        this.catalogue = catalogue;
        this.inventory = inventory;
        this.lane = lane;
    }

    CompletionStage<List<PlannedStep>> run() {
        lane.execute(this::next);
        return all.minimalCompletionStage();
    }

    private void next() {
        while (steps.size() < plan.steps().size()) {
            Step step = plan.steps().get(steps.size());
            StepHandler<?> handler = catalogue.handler(step.kind());
            if (handler != null) {
                StepRun.preview(handler, step, this)
                        .whenCompleteAsync((text, thrown) -> previewed(step, text, thrown), lane);
                return;
            }
            steps.add(new PlannedStep(step.title(), "would wait: no provider of " + step.kind() + " is installed"));
        }
        all.complete(List.copyOf(steps));
    }

    private void previewed(Step step, @Nullable String text, @Nullable Throwable thrown) {
        String preview = thrown != null
                ? "would fail: " + Failures.message(Failures.of("previewing " + step.title(), thrown))
                : String.valueOf(text);
        steps.add(new PlannedStep(step.title(), preview));
        next();
    }

    @Override
    public Snapshot snapshot() {
        return inventory.head();
    }

    /** A lease that nobody accepts. */
    @Override
    public Lease lease(ObjectId claim) {
        for (ObjectId object : plan.claims()) {
            if (Failures.same(object, claim)) {
                return new Lease(object, "preview", 0);
            }
        }
        throw StepRun.notClaimed(claim);
    }

    @Override
    public void progress(double share, String text) {}

    @Override
    public boolean cancelled() {
        return false;
    }
}
