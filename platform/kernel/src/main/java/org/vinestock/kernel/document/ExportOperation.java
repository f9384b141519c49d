package org.vinestock.kernel.document;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

/** {@code site.export}. */
final class ExportOperation implements Operation<ExportOperation.To, ExportOperation.Exported> {
    private static final String EXPORT = "site.export";

    private final SiteDocument document;

    ExportOperation(SiteDocument document) {
        this.document = document;
    }

    /** Where to. */
    record To(
            @Input(value = "A new file on the machine that Vinestock runs on, such as /tmp/site.json", at = 0)
            String file) {}

    /** What was written. */
    record Exported(String file, long revision) {}

    @Override
    public OperationType<To, Exported> type() {
        return new OperationType<>(
                EXPORT,
                To.class,
                Exported.class,
                Role.OPERATOR,
                "Write what people want of the site - hosts, VMs, rules - into a JSON file");
    }

    @Override
    public Plan plan(To to, Planning planning) {
        DocumentParts.path(to.file());
        return new Plan(List.of(), List.of(new Step("export to " + to.file(), EXPORT, to)));
    }

    @Override
    public Exported result(To to, Plan plan, Snapshot after) {
        return new Exported(to.file(), after.ref().revision());
    }

    StepHandler<To> step() {
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
            Path path = DocumentParts.path(to.file());
            DocumentParts.write(path, document.write(context.snapshot()));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> undo(To to, StepContext context) {
            return CompletableFuture.completedFuture(null); // one that failed left no file
        }

        @Override
        public CompletionStage<StepState> probe(To to, StepContext context) {
            boolean there = Files.exists(DocumentParts.path(to.file()));
            return CompletableFuture.completedFuture(there ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(To to, StepContext context) {
            return CompletableFuture.completedFuture("would write " + to.file());
        }
    }
}
