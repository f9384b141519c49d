package org.vinestock.kernel.act;

import com.sun.management.ThreadMXBean;
import jakarta.validation.constraints.Min;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.kernel.schedule.LogTaskFailures;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.model.VmId;
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
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.task.Request;
import org.vinestock.task.TaskState;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Measures what the engine adds to a task whose one step does nothing. Not a test; run it with the class path of the
 * kernel's tests:
 *
 * <pre>
 * mvn -q -o -pl platform/kernel -am test-compile dependency:build-classpath -Dmdep.outputFile=/tmp/classpath
 * java -Xmx256m -cp platform/kernel/target/test-classes:platform/kernel/target/classes:$(cat /tmp/classpath) \
 *     org.vinestock.kernel.act.TaskFigures
 * </pre>
 */
public final class TaskFigures {
    private static final int ROUNDS = 5;
    private static final int TASKS = 520_000;
    private static final Request BY = new Request("lab/arrivals");
    private static final OperationType<Nothing, Nothing> TYPE =
            new OperationType<>("figure.run", Nothing.class, Nothing.class, Role.ADMIN, "Do nothing");

    private TaskFigures() {}

    /** Prints one line a figure and round. */
    public static void main(String[] args) throws InterruptedException {
        for (int round = 1; round <= ROUNDS; round++) {
            simulated();
            live(1);
            live(64);
        }
    }

    record Nothing(
            @Input("Which") VmId vm, @Input("Cores") @Min(1) int cores) {}

    private static void simulated() {
        SimulatedScheduler scheduler = new SimulatedScheduler(1, Instant.EPOCH, new LogTaskFailures());
        TaskEngine engine = engine(scheduler);
        long bytes = bytes();
        long begun = System.nanoTime();
        for (int i = 0; i < TASKS; i++) {
            engine.start(TYPE, new Nothing(new VmId("vm-" + i), 1), BY);
            scheduler.run(scheduler.instant(), Long.MAX_VALUE);
        }
        print("simulated", 1, System.nanoTime() - begun, bytes() - bytes);
        if (engine.count() != 0 || engine.newest(1).get(0).state() != TaskState.DONE) {
            throw new AssertionError("not done: " + engine.newest(1));
        }
    }

    private static void live(int outstanding) throws InterruptedException {
        try (LaneScheduler scheduler = new LaneScheduler(2, 1, new LogTaskFailures())) {
            TaskEngine engine = engine(scheduler);
            AtomicLong left = new AtomicLong(TASKS / 4);
            CountDownLatch ended = new CountDownLatch(outstanding);
            long cpu = cpu();
            for (int i = 0; i < outstanding; i++) {
                Lane lane = scheduler.lane("next");
                String name = "vm-" + i;
                lane.execute(() -> next(engine, lane, name, left, ended));
            }
            ended.await();
            print("on two threads", outstanding, 4 * (cpu() - cpu), 0);
        }
    }

    private static void next(TaskEngine engine, Lane lane, String name, AtomicLong left, CountDownLatch ended) {
        if (left.decrementAndGet() < 0) {
            ended.countDown();
            return;
        }
        engine.start(TYPE, new Nothing(new VmId(name), 1), BY)
                .result()
                .whenCompleteAsync((any, thrown) -> next(engine, lane, name, left, ended), lane);
    }

    private static TaskEngine engine(Scheduler scheduler) {
        Inventory inventory = new MemoryInventories().memory(scheduler);
        TaskEngine engine = new TaskEngine(
                scheduler, inventory, new ParameterCheck(), FreezeCheck.NEVER, new MemoryTaskStore(10_000));
        engine.add(Boxes.parts(List.of(new Run()), List.of(new RunStep())));
        return engine;
    }

    private static long bytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Of the whole process, collections included. */
    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void print(String what, int outstanding, long nanos, long bytes) {
        System.out.println(String.format(
                Locale.ROOT,
                "%s, %d outstanding: %.2f us of CPU a task%s",
                what,
                outstanding,
                nanos / 1e3 / TASKS,
                bytes == 0 ? "" : ", " + bytes / TASKS + " bytes"));
    }

    private record Run() implements Operation<Nothing, Nothing> {
        @Override
        public OperationType<Nothing, Nothing> type() {
            return TYPE;
        }

        @Override
        public Plan plan(Nothing parameters, Planning planning) {
            return new Plan(List.of(parameters.vm()), List.of(new Step("do nothing", "figure.run", parameters)));
        }

        @Override
        public Nothing result(Nothing parameters, Plan plan, Snapshot after) {
            return parameters;
        }
    }

    private record RunStep() implements StepHandler<Nothing> {
        private static final CompletionStage<?> DONE = CompletableFuture.completedFuture(null);

        @Override
        public String kind() {
            return "figure.run";
        }

        @Override
        public Class<Nothing> argumentsType() {
            return Nothing.class;
        }

        @Override
        public CompletionStage<?> apply(Nothing arguments, StepContext context) {
            return DONE;
        }

        @Override
        public CompletionStage<?> undo(Nothing arguments, StepContext context) {
            return DONE;
        }

        @Override
        public CompletionStage<StepState> probe(Nothing arguments, StepContext context) {
            return CompletableFuture.completedFuture(StepState.DONE);
        }

        @Override
        public CompletionStage<String> preview(Nothing arguments, StepContext context) {
            return CompletableFuture.completedFuture("nothing");
        }
    }
}
