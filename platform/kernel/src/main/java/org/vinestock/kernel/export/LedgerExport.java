package org.vinestock.kernel.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionId;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.ledger.LedgerHistory;
import org.vinestock.model.VinestockException;
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

/** {@code decision.export}: writes decisions with all that was recorded of them into a file, as long as that takes. */
public final class LedgerExport implements Operation<LedgerExport.To, LedgerExport.Done> {
    private static final String EXPORT = "decision.export";

    private final LedgerHistory history;
    private final Lane lane;
    private final ConcurrentNavigableMap<String, Long> written = new ConcurrentSkipListMap<>();

    /** {@code lane}: where files are written. */
    public LedgerExport(LedgerHistory history, Lane lane) {
        this.history = history;
        this.lane = lane;
    }

    /** Where to, and which. */
    public record To(
            @Input(
                    value = "A new file on the machine that Vinestock runs on, such as /tmp/decisions.jsonl.gz;"
                            + " compressed if it ends in .gz",
                    at = 0)
            String file,

            @Input(value = "The first one, such as d-17; the oldest if left out", optional = true) @Nullable
            DecisionId from,

            @Input(value = "The last one; the newest if left out", optional = true) @Nullable
            DecisionId to) {}

    /** What was written, in words. */
    public record Done(String message) {}

    @Override
    public OperationType<To, Done> type() {
        return new OperationType<>(
                EXPORT,
                To.class,
                Done.class,
                Role.OPERATOR,
                "Write decisions with all that was recorded into a file of JSON, a decision a line, oldest first");
    }

    @Override
    public Plan plan(To to, Planning planning) {
        Path path = ExportFile.path(to.file());
        if (Files.exists(path)) {
            throw new IllegalArgumentException("file: " + path + " is there already; accepted: a new name");
        }
        DecisionId first = to.from();
        DecisionId last = to.to();
        if (first != null && last != null && first.number() > last.number()) {
            throw new IllegalArgumentException("to: " + last + " is before " + first + "; accepted: it or a later one");
        }
        return new Plan(List.of(), List.of(new Step("write decisions to " + path, EXPORT, to)));
    }

    @Override
    public Done result(To to, Plan plan, Snapshot after) {
        Long count = written.remove(to.file());
        return new Done(to.file() + (count == null ? " was written before a restart" : ": " + count + " decisions"));
    }

    /** How it is done. */
    public StepHandler<To> step() {
        return new Write();
    }

    private final class Write implements StepHandler<To> {
        @Override
        public String kind() {
            return EXPORT;
        }

        @Override
        public Class<To> argumentsType() {
            return To.class;
        }

        @Override
        public CompletionStage<?> apply(To to, StepContext context) {
            Path path = ExportFile.path(to.file());
            DecisionId first = to.from();
            DecisionId last = to.to();
            try {
                ExportRun run = new ExportRun(
                        history,
                        new JsonCodec(),
                        lane,
                        context,
                        path,
                        first == null ? 1 : first.number(),
                        last == null ? Long.MAX_VALUE : last.number());
                return run.run().thenAcceptAsync(count -> written.put(to.file(), count), lane);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(
                        new VinestockException(ExportError.NOT_WRITABLE, path + " cannot be written: " + e, e));
            }
        }

        @Override
        public CompletionStage<?> undo(To to, StepContext context) {
            return CompletableFuture.completedFuture(null); // one that failed left no file
        }

        @Override
        public CompletionStage<StepState> probe(To to, StepContext context) {
            boolean there = Files.exists(ExportFile.path(to.file()));
            return CompletableFuture.completedFuture(there ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(To to, StepContext context) {
            return CompletableFuture.completedFuture("would write " + to.file());
        }
    }
}
