package org.vinestock.kernel.audit;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.vinestock.audit.Audit;
import org.vinestock.audit.AuditFault;
import org.vinestock.audit.AuditReport;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.ActError;
import org.vinestock.model.VinestockException;
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

/**
 * {@code audit.verify}: looks at every row of the audit. A task, for a million rows take a minute; it changes nothing, so one
 * that was cut off begins anew.
 */
final class VerifyOperation implements Operation<VerifyOperation.Nothing, VerifyOperation.Verified> {
    static final String VERIFY = "audit.verify";

    private final Audit audit;
    private final Lane lane;
    private final ConcurrentNavigableMap<String, AuditReport> reports = new ConcurrentSkipListMap<>();

    VerifyOperation(Audit audit, Lane lane) {
        this.audit = audit;
        this.lane = lane;
    }

    /** No parameters. */
    record Nothing() {}

    /**
     * What was found.
     *
     * @param verdict in words
     * @param faults the first ones; none = it is whole
     */
    record Verified(String verdict, List<AuditFault> faults) {}

    /** Arguments of the step: under which name its report is kept. */
    record Look(String id) {}

    @Override
    public OperationType<Nothing, Verified> type() {
        return new OperationType<>(
                VERIFY,
                Nothing.class,
                Verified.class,
                Role.VIEWER,
                "Look whether any row of the audit was changed or taken away");
    }

    @Override
    public Plan plan(Nothing nothing, Planning planning) {
        Look look = new Look(planning.newId("audit"));
        return new Plan(List.of(), List.of(new Step("look at every row of the audit", VERIFY, look)));
    }

    @Override
    public Verified result(Nothing nothing, Plan plan, Snapshot after) {
        Look look = (Look) plan.steps().get(0).arguments();
        AuditReport report = reports.remove(look.id());
        return report == null
                ? new Verified("the process ended before anybody saw what was found; verify again", List.of())
                : new Verified(verdict(report), report.faults());
    }

    private String verdict(AuditReport report) {
        String rows = report.rows() + (report.rows() == 1 ? " row" : " rows") + " up to number " + report.last();
        String anchored = !audit.kept()
                ? ", in memory only"
                : report.anchored() == 0 ? ", not anchored yet" : ", anchored at number " + report.anchored();
        return rows + anchored + (report.faults().isEmpty() ? ": whole" : ": NOT as it was written");
    }

    StepHandler<Look> step() {
        return new LookAtAll();
    }

    private final class LookAtAll implements StepHandler<Look> {
        @Override
        public String kind() {
            return VERIFY;
        }

        @Override
        public Class<Look> argumentsType() {
            return Look.class;
        }

        @Override
        public CompletionStage<?> apply(Look look, StepContext context) {
            return audit.verify((rows, last) -> watch(rows, last, context))
                    .thenAcceptAsync(report -> reports.put(look.id(), report), lane);
        }

        private static void watch(long rows, long last, StepContext context) {
            if (context.cancelled()) {
                throw new VinestockException(ActError.CANCELLED, "cancelled after " + rows + " rows");
            }
            context.progress(Math.min(1, rows / (double) Math.max(1, last)), rows + " of " + last + " rows");
        }

        @Override
        public CompletionStage<?> undo(Look look, StepContext context) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<StepState> probe(Look look, StepContext context) {
            return CompletableFuture.completedFuture(
                    reports.containsKey(look.id()) ? StepState.DONE : StepState.NOT_BEGUN);
        }

        @Override
        public CompletionStage<String> preview(Look look, StepContext context) {
            return CompletableFuture.completedFuture("would read every row, and change none");
        }
    }
}
