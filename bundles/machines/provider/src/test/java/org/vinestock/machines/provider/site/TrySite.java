package org.vinestock.machines.provider.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Area;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.FreezeCheck;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.site.ControlPlane;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.CreateVm;
import org.vinestock.machines.MachineOperations.DeleteVm;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.MachineOperations.StopVm;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.Rack;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.machines.site.ZoneId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Group;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleId;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.task.Request;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** The area machines on hosts made by hand, in simulated time, with the real tasks and decisions. */
public final class TrySite {
    public static final Labels WEB = Labels.of("app", "web");

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    /** Made once: it is costly and has no state. */
    private static final ParameterCheck CHECK = new ParameterCheck();

    public final HandMadeHosts hosts = new HandMadeHosts();
    public final HandMadeDisks disks = new HandMadeDisks();
    public final PlacingArea placing = new PlacingArea();
    public final List<String> failures = new ArrayList<>();

    private final SimulatedScheduler scheduler;
    private final Inventory inventory;
    private final DecisionKernel decisions;
    private final TaskEngine engine;
    private final ControlPlane plane;
    private final MachinesArea machines = new MachinesArea();

    public TrySite(long seed) {
        scheduler = new SimulatedScheduler(seed, START, (lane, thrown) -> failures.add(lane + ": " + thrown));
        inventory = new MemoryInventories().memory(scheduler);
        decisions = new DecisionKernel(
                scheduler,
                inventory,
                (ref, loader) -> new LaneWorker(scheduler, ref.shortName(), Duration.ZERO),
                DecisionLimits.DEFAULTS.simulated(),
                StateLog.memory(),
                text -> {});
        engine = new TaskEngine(scheduler, inventory, CHECK, FreezeCheck.NEVER, new MemoryTaskStore(1_000));
        plane = new ControlPlane(scheduler, inventory, decisions, engine, null, List.of());
        add(placing);
        add(machines);
        add(hosts);
        add(disks);
    }

    /** Its tasks, with their budgets and modes. */
    public TaskEngine tasks() {
        return engine;
    }

    /** The rows of one of the kernel's views about decisions, such as {@code decision.list}, as JSON. */
    public List<String> decisions(String name) {
        View<?, ?> view = decisions.parts(List::of).views().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return rows(view);
    }

    private <P extends Record, R extends Record> List<String> rows(View<P, R> view) {
        JsonCodec codec = new JsonCodec();
        CompletionStage<Page<R>> page =
                view.read(codec.read("{}", view.parametersType()), inventory.committed(), new PageRequest("", 1_000));
        run(Duration.ofSeconds(1));
        return now(page).rows().stream().map(codec::write).toList();
    }

    public void add(Area area) {
        plane.add(area);
    }

    public void remove(Area area) {
        plane.remove(area);
    }

    /** Takes the area machines away and brings it back. */
    public void restartMachines() {
        remove(machines);
        run(Duration.ofSeconds(1));
        add(machines);
        run(Duration.ofSeconds(1));
    }

    public void run(Duration more) {
        scheduler.run(scheduler.instant().plus(more), Long.MAX_VALUE);
    }

    /** Runs one event, or to the end of {@code most}; tells whether there was one. */
    public boolean step(Instant most) {
        return scheduler.run(most, 1) == 1;
    }

    public TrySite host(String name, double cores, int gib) {
        return host(name, cores, gib, "main");
    }

    public TrySite host(String name, double cores, int gib, String cluster) {
        String zone = name.substring(0, 2);
        RackId rack = new RackId(name.substring(0, 5));
        HostId id = new HostId(name);
        put(SiteKinds.RACK, rack, new Rack(rack, new ZoneId(zone)));
        put(SiteKinds.HOST, id, new Host(id, rack, new ClusterId(cluster), Labels.NONE, false));
        hosts.add(id, Math.round(cores * 1000), ByteCount.ofGib(gib), plane);
        return this;
    }

    /** Adds a host that is not played, and serves the disks of its own. */
    public TrySite realHost(String name, double cores, int gib) {
        host(name, cores, gib);
        real(name);
        run(Duration.ofSeconds(1));
        return this;
    }

    /** Says that a host is not played. */
    public HandMadeHost real(String name) {
        HandMadeHost host = host(name);
        host.played = false;
        host.serves = disk -> disks.serves(host.host(), disk);
        return host;
    }

    /** Lets a provider run a host that nobody placed. */
    public HandMadeHost strangeHost(String name, double cores, int gib) {
        HandMadeHost host = hosts.make(new HostId(name), Math.round(cores * 1000), ByteCount.ofGib(gib), plane);
        host.played = false;
        host.serves = disk -> disks.serves(host.host(), disk);
        hosts.show(host);
        run(Duration.ofSeconds(1));
        return host;
    }

    public TrySite hosts(int zones, int racks, int each, double cores, int gib) {
        for (int zone = 1; zone <= zones; zone++) {
            for (int rack = 1; rack <= racks; rack++) {
                for (int host = 1; host <= each; host++) {
                    host("z" + zone + "-r" + rack + "-h0" + host, cores, gib);
                }
            }
        }
        run(Duration.ofSeconds(1));
        return this;
    }

    public TrySite rule(String name, String group, Demand demand) {
        RuleId id = new RuleId(name);
        put(PlacementRule.KIND, id, new PlacementRule(id, Group.parse(group), demand));
        return this;
    }

    public HandMadeHost host(String name) {
        return hosts.byName.get(name);
    }

    public <T extends Record> void put(Kind<T> kind, ObjectId id, T row) {
        long basis = inventory.head().ref().revision();
        Commit commit = now(inventory.commit(new ChangeSet(basis, List.of(new Change.Put<>(kind, id, row)))));
        assertTrue(commit instanceof Commit.Done, commit.toString());
    }

    public static CreateVm vm(String name, double cores, int gib, Labels labels) {
        return new CreateVm(new VmId(name), BigDecimal.valueOf(cores), ByteCount.ofGib(gib), labels);
    }

    /** Creates VMs of one core and one GiB and runs until they run. */
    public TrySite created(String... names) {
        for (String name : names) {
            done(MachineOperations.CREATE_VM, vm(name, 1, 1, Labels.NONE));
        }
        return this;
    }

    public <P extends Record, R extends Record> CompletableFuture<R> start(OperationType<P, R> type, P parameters) {
        return plane.operations()
                .start(type, parameters, new Request("test"))
                .result()
                .toCompletableFuture();
    }

    /** Runs an operation to its end. */
    public <P extends Record, R extends Record> R done(OperationType<P, R> type, P parameters) {
        CompletableFuture<R> result = start(type, parameters);
        run(Duration.ofSeconds(1));
        return now(result);
    }

    /** Runs an operation on one VM to its end; one that stops it does so at once. */
    public <P extends Record> VmChanged done(OperationType<P, VmChanged> type, String vm) {
        return done(type, of(type, vm));
    }

    private static <P extends Record> P of(OperationType<P, VmChanged> type, String vm) {
        VmId id = new VmId(vm);
        Record parameters = type.parameters() == DeleteVm.class
                ? new DeleteVm(id)
                : type.parameters() == StopVm.class ? new StopVm(id, true) : new OneVm(id);
        return type.parameters().cast(parameters);
    }

    /** Runs an operation that is to fail, and returns why. */
    public <P extends Record, R extends Record> RuntimeException failed(OperationType<P, R> type, P parameters) {
        CompletableFuture<R> result;
        try {
            result = start(type, parameters);
        } catch (RuntimeException e) {
            return e;
        }
        run(Duration.ofSeconds(1));
        assertTrue(result.isCompletedExceptionally(), () -> type.name() + " ended with " + result.getNow(null));
        Throwable thrown = result.handle((value, failure) -> failure).join();
        return (RuntimeException) (thrown instanceof CompletionException ? thrown.getCause() : thrown);
    }

    private static <T> T now(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertTrue(future.isDone(), "it goes on");
        return future.join();
    }

    public <P extends Record, R extends Record> List<R> read(View<P, R> view, P parameters) {
        Page<R> page = now(view.read(parameters, inventory.committed(), new PageRequest("", 1_000)));
        return page.rows();
    }

    public Snapshot head() {
        return inventory.head();
    }

    /** The newest state as it would be after changes. */
    public Snapshot tried(List<Change> changes) {
        return inventory.tried(changes);
    }

    public Optional<Vm> wanted(String vm) {
        return head().rows(SiteKinds.VM).find(new VmId(vm));
    }

    public Optional<ObservedVm> seen(String vm) {
        return head().rows(SiteKinds.VM_OBSERVED).find(new VmId(vm));
    }

    public String place(String vm) {
        return wanted(vm).map(row -> String.valueOf(row.host())).orElse("gone");
    }

    /** Where copies of VMs are, by name of the VM, whatever the inventory thinks. */
    public Map<String, List<String>> copies() {
        Map<String, List<String>> copies = new TreeMap<>();
        hosts.byName.forEach((name, host) ->
                host.guests.forEach((vm, guest) -> copies.computeIfAbsent(vm, key -> new ArrayList<>())
                        .add(name + (host.hasPower() ? " " + guest.power : " without power"))));
        return copies;
    }

    public void assertNoFailures() {
        assertEquals(List.of(), failures);
    }

    public Scheduler scheduler() {
        return scheduler;
    }
}
