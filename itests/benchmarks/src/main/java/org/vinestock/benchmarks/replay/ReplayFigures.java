package org.vinestock.benchmarks.replay;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.act.FreezeCheck;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.plugin.ThreadWorker;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.kernel.site.ControlPlane;
import org.vinestock.kernel.site.TwinMaker;
import org.vinestock.kernel.site.TwinThreads;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.lab.LabArea;
import org.vinestock.lab.replay.Replay;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.provider.PlacementArea;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.task.Request;

/**
 * Replays recorded arrivals by {@code lab.replay}, without a container, and compares strategies: those of the product and
 * {@linkplain PeerStrategies peers}. {@code itests/benchmarks/replay FILE [--hosts N] [STRATEGY...]} runs it.
 */
public final class ReplayFigures {
    private static final List<String> ALL =
            List.of("best-fit@1.0", "spread@1.0", "first-fit@1.0", "best-fit-cores@1.0", "best-fit-memory@1.0");
    private static final String HEAD = "%-20s %8s %8s %8s %8s %9s %9s %8s %8s %8s %8s %8s";
    private static final String ROW = "%-20s %8d %8d %8.2f %8d %9.1f %9d %8.1f %8.1f %8.1f %8.1f %8.1f";

    private final LaneScheduler scheduler = new LaneScheduler(2, 1, (lane, thrown) -> thrown.printStackTrace());
    private final TaskEngine tasks;
    private final ControlPlane live;

    private ReplayFigures() {
        MemoryInventories inventories = new MemoryInventories();
        Inventory inventory = inventories.memory(scheduler);
        ParameterCheck check = new ParameterCheck();
        DecisionKernel decisions = new DecisionKernel(
                scheduler, inventory, ThreadWorker::hire, DecisionLimits.DEFAULTS, StateLog.memory(), alarm -> {});
        tasks = new TaskEngine(scheduler, inventory, check, FreezeCheck.NEVER, new MemoryTaskStore(100));
        TwinThreads threads = new TwinThreads(Duration.ofSeconds(60));
        live = new ControlPlane(
                scheduler, inventory, decisions, tasks, new TwinMaker(inventories, check, threads), List.of());
        live.add(new PlacementArea());
        live.add(new PeerStrategies());
        live.add(new MachinesArea());
        live.add(new LabArea());
    }

    /** Replays. */
    public static void main(String[] arguments) throws Exception {
        List<String> strategies = new ArrayList<>(Arrays.asList(arguments));
        if (strategies.isEmpty()) {
            throw new IllegalArgumentException("no file; accepted: FILE [--hosts N] [STRATEGY...]");
        }
        Path file = Path.of(strategies.remove(0)).toAbsolutePath();
        int hosts = 1000;
        if (strategies.size() > 1 && strategies.get(0).equals("--hosts")) {
            hosts = Integer.parseInt(strategies.get(1));
            strategies.subList(0, 2).clear();
        }
        say(
                "java %s, %d cpus, load %.1f, heap %d MB, %s, %d hosts",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getGarbageCollectorMXBeans().get(0).getName(),
                hosts);
        say(
                HEAD,
                "strategy",
                "placed",
                "refused",
                "refused%",
                "failed",
                "hosts",
                "peak",
                "wall s",
                "cpu s",
                "twin s",
                "gc s",
                "jit s");
        for (String strategy : strategies.isEmpty() ? ALL : strategies) {
            new ReplayFigures().replay(file, hosts, strategy);
        }
        System.exit(0);
    }

    private void replay(Path file, int hosts, String strategy) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        TwinClock twin = new TwinClock();
        long collected = collectedMillis();
        long compiled = compiledMillis();
        OperationType<?, ?> type = tasks.types().stream()
                .filter(each -> each.name().equals("lab.replay"))
                .findFirst()
                .orElseThrow();
        Replay replay = started(type, file, hosts, strategy);
        say(
                ROW,
                strategy,
                replay.placed(),
                replay.refused(),
                100.0 * replay.refused() / replay.vms(),
                replay.failed(),
                replay.hostsMean(),
                replay.hostsPeak(),
                replay.wall().toMillis() / 1e3,
                (system.getProcessCpuTime() - cpu) / 1e9,
                twin.seconds(),
                (collectedMillis() - collected) / 1e3,
                (compiledMillis() - compiled) / 1e3);
        live.close();
        scheduler.close();
    }

    private static long collectedMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    private static long compiledMillis() {
        return ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
    }

    private <P extends Record, R extends Record> Replay started(
            OperationType<P, R> type, Path file, int hosts, String strategy) throws Exception {
        String json = new JsonCodec().write(new Asked(file.toString(), strategy, hosts, 64, "256GiB", 1));
        R result = tasks.start(type, new JsonCodec().read(json, type.parameters()), new Request("figures"))
                .result()
                .toCompletableFuture()
                .get(1, TimeUnit.HOURS);
        return (Replay) (Record) result;
    }

    /** The parameters of {@code lab.replay}, as they are written in JSON. */
    private record Asked(String file, String strategy, int hosts, int cores, String memory, long seed) {}

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
