package org.vinestock.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.kernel.act.Counters;
import org.vinestock.kernel.act.FreezeCheck;
import org.vinestock.kernel.act.JournalTaskStore;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.plugin.ThreadWorker;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.kernel.site.ControlPlane;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.lab.LabArea;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.Placements;
import org.vinestock.placement.provider.PlacementArea;
import org.vinestock.store.h2.Durability;
import org.vinestock.store.sql.H2;
import org.vinestock.store.sql.KindClasses;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.sql.SqlStore;
import org.vinestock.store.write.Retention;
import org.vinestock.task.Request;
import org.vinestock.testkit.postgres.PostgresServer;

/**
 * Measures a whole site on a store in SQL, as in the container but without it: VMs made and deleted by the operations that
 * people use on the lab's hosts, and placements asked, guarded, reserved and durable. {@code itests/benchmarks/site} runs
 * it; its arguments are {@code h2}, {@code h2-process}, {@code postgres} or {@code postgres-fsync}, the seconds a measurement
 * and the number of hosts. A {@code postgres} does not wait for its disk.
 */
public final class SiteFigures {
    private static final Request BY = new Request("figures");
    private static final int NAMES = 1_000;

    private final Path folder;
    private final SqlStore store;
    private final int seconds;
    private final LaneScheduler scheduler = new LaneScheduler(2, 1, (lane, thrown) -> thrown.printStackTrace());
    private final DecisionKernel decisions;
    private final TaskEngine tasks;
    private final ControlPlane plane;
    private final AtomicInteger failed = new AtomicInteger();

    private SiteFigures(Path folder, DataSource source, int seconds) {
        this.folder = folder;
        this.seconds = seconds;
        JsonCodec codec = new JsonCodec();
        store = SqlStore.open(
                source,
                codec,
                KindClasses.of(getClass().getClassLoader()),
                new Settings("figures", Duration.ZERO, Retention.USUAL, 100_000, 1_000_000),
                Clock.systemUTC(),
                lost -> {
                    lost.printStackTrace();
                    Runtime.getRuntime().halt(1);
                });
        Counters counters = Counters.in(store.journal(), List.of());
        decisions = new DecisionKernel(
                scheduler,
                store.inventory(),
                ThreadWorker::hire,
                DecisionLimits.DEFAULTS,
                StateLog.memory(),
                alarm -> {});
        tasks = new TaskEngine(
                scheduler,
                store.inventory(),
                new ParameterCheck(),
                FreezeCheck.NEVER,
                new JournalTaskStore(store.journal(), codec, 10_000, List.of()),
                counters);
        plane = new ControlPlane(scheduler, store.inventory(), decisions, tasks, null, List.of());
        plane.add(new PlacementArea());
        plane.add(new MachinesArea());
        plane.add(new LabArea());
    }

    /** Runs all. */
    public static void main(String[] arguments) throws Exception {
        String which = arguments.length > 0 ? arguments[0] : "h2";
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int hosts = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
        Path folder = Files.createTempDirectory("vinestock-site-figures");
        try {
            if (which.startsWith("h2")) {
                JdbcDataSource h2 = new JdbcDataSource();
                Durability durability = which.equals("h2-process") ? Durability.PROCESS : Durability.MACHINE;
                h2.setURL(H2.url(folder.resolve("site"), durability));
                new SiteFigures(folder, h2, seconds).run(which, hosts);
            } else {
                try (PostgresServer server = PostgresServer.start(which.equals("postgres-fsync"))) {
                    PGSimpleDataSource postgres = new PGSimpleDataSource();
                    postgres.setURL(server.database("figures"));
                    new SiteFigures(folder, postgres, seconds).run(which, hosts);
                }
            }
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private void run(String which, int hosts) throws Exception {
        say(
                "%s, java %s, %d cpus, load %.1f, heap %d MB, %s, %d hosts",
                which,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getGarbageCollectorMXBeans().get(0).getName(),
                hosts);
        operation("lab.build", "{\"hosts\":" + hosts + ",\"racks\":10,\"zones\":2,\"cores\":64,\"memory\":\"256GiB\"}");
        operation("lab.speed", "{\"factor\":10000}");
        for (int outstanding : new int[] {32, 32, 1, 256}) {
            measure("vm.create and vm.delete by the operations", outstanding, this::createAndDelete);
        }
        for (int outstanding : new int[] {64, 64, 1, 256}) {
            measure("placements asked, guarded, reserved, durable", outstanding, this::place);
        }
        plane.close();
        long begun = System.nanoTime();
        store.close();
        say("closed in %.1f s, files %d MB", (System.nanoTime() - begun) / 1e9, size() >> 20);
    }

    private void operation(String name, String json) throws Exception {
        OperationType<?, ?> type = tasks.types().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        started(type, json);
    }

    private <P extends Record> void started(OperationType<P, ?> type, String json) throws Exception {
        var unused = tasks.start(type, new JsonCodec().read(json, type.parameters()), BY)
                .result()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    /** Something that goes on until {@code then} is called. */
    @FunctionalInterface
    private interface Work {
        void begin(int number, Runnable then);
    }

    private void measure(String what, int outstanding, Work work) throws Exception {
        Semaphore free = new Semaphore(outstanding);
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long writer = writerNanos();
        long revision = store.inventory().head().ref().revision();
        long begun = System.nanoTime();
        long until = begun + seconds * 1_000_000_000L;
        int count = 0;
        failed.set(0);
        while (System.nanoTime() < until) {
            free.acquire();
            long given = System.nanoTime();
            work.begin(count++, () -> {
                nanos.add(System.nanoTime() - given);
                free.release();
            });
        }
        free.acquire(outstanding);
        double took = (System.nanoTime() - begun) / 1e9;
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        say(
                "%s, %d outstanding: %,.0f a second, p50 %.2f ms, p99 %.2f ms, %.0f us of CPU each, writer busy %.0f %%,"
                        + " %.1f revisions each, %d failed, files %d MB",
                what,
                outstanding,
                count / took,
                sorted[count / 2] / 1e6,
                sorted[(int) (count * 0.99)] / 1e6,
                (system.getProcessCpuTime() - cpu) / 1e3 / count,
                (writerNanos() - writer) / 1e7 / took,
                (double) (store.inventory().head().ref().revision() - revision) / count,
                failed.get(),
                size() >> 20);
    }

    private void createAndDelete(int number, Runnable then) {
        MachineOperations.CreateVm vm =
                new MachineOperations.CreateVm(null, BigDecimal.ONE, ByteCount.ofGib(1), Labels.NONE);
        var unused = tasks.start(MachineOperations.CREATE_VM, vm, BY).result().whenComplete((made, thrown) -> {
            if (made == null) {
                failed.incrementAndGet();
                then.run();
            } else {
                delete(made.id(), then);
            }
        });
    }

    private void delete(VmId vm, Runnable then) {
        var unused = tasks.start(MachineOperations.DELETE_VM, new MachineOperations.DeleteVm(vm), BY)
                .result()
                .whenComplete((gone, thrown) -> {
                    failed.addAndGet(thrown == null ? 0 : 1);
                    then.run();
                });
    }

    private void place(int number, Runnable then) {
        PlacementQuestion question =
                new PlacementQuestion(new VmId("vm-" + number % NAMES), 1_000, ByteCount.ofGib(4), Labels.NONE);
        var unused = decisions
                .reserve(
                        Placements.PLACE,
                        question,
                        (choice, snapshot) -> {
                            Vm vm = new Vm(
                                    question.vm(),
                                    question.millicores(),
                                    question.memory(),
                                    question.labels(),
                                    PowerState.STOPPED,
                                    ((Placement.Placed) choice).host());
                            return new ChangeSet(
                                    snapshot.ref().revision(), List.of(new Change.Put<>(SiteKinds.VM, vm.id(), vm)));
                        },
                        false)
                .whenComplete((decision, thrown) -> {
                    failed.addAndGet(thrown == null ? 0 : 1);
                    then.run();
                });
    }

    private static long writerNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals("vinestock-store-writer")) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return 0;
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
