package org.vinestock.kernel.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.vinestock.audit.Audit;
import org.vinestock.audit.AuditFault;
import org.vinestock.audit.AuditFilter;
import org.vinestock.audit.AuditReport;
import org.vinestock.audit.AuditRow;
import org.vinestock.audit.AuditWatch;
import org.vinestock.audit.Deed;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.ActError;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.store.memory.MemoryInventories;

/** The look at the audit is a task: it shows how far it is, can be cancelled, and names what is wrong. */
class VerifyOperationTest {
    private final SimulatedScheduler scheduler = new SimulatedScheduler(1, Instant.EPOCH, (lane, thrown) -> {});
    private final Kept audit = new Kept();
    private final VerifyOperation operation = new VerifyOperation(audit, scheduler.lane("audit"));
    private final Task task = new Task();

    /** An audit of a million rows, of which one may be wrong. */
    private static final class Kept implements Audit {
        private static final long ROWS = 1_000_000;
        private final List<AuditFault> faults = new ArrayList<>();

        @Override
        public CompletionStage<Long> tell(Deed deed) {
            throw new AssertionError("it changes nothing");
        }

        @Override
        public CompletionStage<List<AuditRow>> newest(AuditFilter filter, long before, int limit) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public CompletionStage<AuditReport> verify(AuditWatch watch) {
            try {
                watch.looked(ROWS / 4, ROWS);
                watch.looked(ROWS, ROWS);
            } catch (RuntimeException e) {
                return CompletableFuture.failedStage(e);
            }
            return CompletableFuture.completedStage(new AuditReport(ROWS, ROWS, ROWS - 2, faults));
        }

        @Override
        public boolean kept() {
            return true;
        }
    }

    private final class Task implements StepContext, Planning {
        private final List<String> progress = new ArrayList<>();
        private boolean cancelled;
        private int ids;

        @Override
        public Snapshot snapshot() {
            return new MemoryInventories().memory(scheduler).head();
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
            progress.add(share + " " + text);
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }

    private Plan run() {
        Plan plan = operation.plan(new VerifyOperation.Nothing(), task);
        StepHandler<VerifyOperation.Look> step = operation.step();
        VerifyOperation.Look look = (VerifyOperation.Look) plan.steps().get(0).arguments();
        assertEquals(
                StepState.NOT_BEGUN,
                step.probe(look, task).toCompletableFuture().join());
        CompletableFuture<?> applied = step.apply(look, task).toCompletableFuture();
        scheduler.run(scheduler.instant().plusSeconds(1), Long.MAX_VALUE);
        applied.join();
        assertEquals(
                StepState.DONE, step.probe(look, task).toCompletableFuture().join());
        return plan;
    }

    private VerifyOperation.Verified result(Plan plan) {
        return operation.result(new VerifyOperation.Nothing(), plan, task.snapshot());
    }

    @Test
    void saysThatItIsWhole() {
        assertEquals(
                new VerifyOperation.Verified(
                        "1000000 rows up to number 1000000, anchored at number 999998: whole", List.of()),
                result(run()));
        assertEquals(List.of("0.25 250000 of 1000000 rows", "1.0 1000000 of 1000000 rows"), task.progress);
    }

    @Test
    void namesWhatIsWrong() {
        AuditFault fault = new AuditFault(7, AuditFault.Kind.REMOVED, "row 7 was removed");
        audit.faults.add(fault);
        assertEquals(
                new VerifyOperation.Verified(
                        "1000000 rows up to number 1000000, anchored at number 999998: NOT as it was written",
                        List.of(fault)),
                result(run()));
    }

    @Test
    void endsIfItIsCancelled() {
        task.cancelled = true;
        CompletionException thrown = assertThrows(CompletionException.class, this::run);
        VinestockException because = assertInstanceOf(VinestockException.class, thrown.getCause());
        assertEquals(ActError.CANCELLED, because.code());
        assertEquals("cancelled after 250000 rows", because.getMessage());
    }

    @Test
    void doesNotClaimWhatAnEarlierProcessFound() {
        Plan plan = run();
        result(plan);
        assertEquals(List.of(), result(plan).faults());
        assertEquals(
                "the process ended before anybody saw what was found; verify again",
                result(plan).verdict());
    }
}
