package org.vinestock.kernel.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Parts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** Runs {@code decision.replay} and others as a task would, and reads what came of it. */
final class ReplayCall implements StepContext, Planning {
    private final DecisionKernel kernel;
    private final Parts parts;
    private final Snapshot snapshot;
    private int ids;
    final List<String> progress = new ArrayList<>();
    volatile boolean cancelled;

    ReplayCall(DecisionKernel kernel, Snapshot snapshot) {
        this.kernel = kernel;
        this.snapshot = snapshot;
        parts = kernel.parts(List::of);
    }

    /** {@code json}: the parameters. */
    CompletionStage<?> begin(String json) {
        return begin("decision.replay", json);
    }

    /** Does the one step of an operation of the kernel. */
    CompletionStage<?> begin(String name, String json) {
        Operation<?, ?> operation = parts.operations().stream()
                .filter(each -> each.type().name().equals(name))
                .findFirst()
                .orElseThrow();
        Plan plan = plan(operation, json);
        return apply(
                parts.steps().stream()
                        .filter(each -> each.kind().equals(name))
                        .findFirst()
                        .orElseThrow(),
                plan.steps().get(0).arguments());
    }

    private <P extends Record> Plan plan(Operation<P, ?> operation, String json) {
        return operation.plan(new JsonCodec().read(json, operation.type().parameters()), this);
    }

    private <S extends Record> CompletionStage<?> apply(StepHandler<S> handler, Record arguments) {
        return handler.apply(handler.argumentsType().cast(arguments), this);
    }

    /** The rows of a view of replays, as text. */
    List<String> rows(String view) {
        return page(parts.views().stream()
                        .filter(each -> each.name().equals(view))
                        .findFirst()
                        .orElseThrow())
                .rows()
                .stream()
                .map(Record::toString)
                .toList();
    }

    private <P extends Record> Page<? extends Record> page(View<P, ?> view) {
        P parameters = new JsonCodec().read("{}", view.parametersType());
        return view.read(parameters, snapshot, new PageRequest("", 1_000))
                .toCompletableFuture()
                .join();
    }

    DecisionKernel kernel() {
        return kernel;
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public String newId(String kind) {
        return kind + "-" + ++ids;
    }

    @Override
    public Lease lease(ObjectId claim) {
        throw new IllegalArgumentException("nothing is claimed");
    }

    @Override
    public void progress(double share, String text) {
        progress.add(text);
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }
}
