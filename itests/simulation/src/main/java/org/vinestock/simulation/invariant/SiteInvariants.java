package org.vinestock.simulation.invariant;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.journal.Journal;
import org.vinestock.kernel.budget.BudgetLimits;
import org.vinestock.kernel.permit.Mode;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.contract.NaiveRules;
import org.vinestock.simulation.hosts.World;
import org.vinestock.task.TaskId;
import org.vinestock.testkit.simulation.Invariant;
import org.vinestock.testkit.simulation.Simulation;
import org.vinestock.time.Scheduler;

/** What must hold in a site after every event, looked at without the code that has to keep it. */
public final class SiteInvariants implements Invariant {
    /** A step of the clock is seen and written down within this. */
    private static final Duration SEEN = Duration.ofSeconds(2);

    private final Reservations reservations = new Reservations();
    private final Acknowledged acknowledged = new Acknowledged();
    private final Restarts restarts = new Restarts();
    private final Canaries canaries = new Canaries();
    private final Deeds deeds = new Deeds();
    private final Archived archived = new Archived();
    private @Nullable NumberedInventory inventory;
    private @Nullable World world;
    private @Nullable Owners owners;
    private @Nullable Room room;
    private long steppedAt = Long.MIN_VALUE / 2;

    /** Stands before the inventory of each process, and counts what happens there. */
    public Inventory counted(Inventory store, Scheduler scheduler) {
        NumberedInventory counted = new NumberedInventory(store, scheduler, reservations, restarts);
        inventory = counted;
        return counted;
    }

    /** Stands before the journal of each process, and notes what tasks do. */
    public Journal noted(Journal journal) {
        return new NotedJournal(journal, restarts);
    }

    /** Restarts by the machine are bounded from now on. */
    public void bounded(BudgetLimits.Limit limit) {
        restarts.bounded(limit);
    }

    /** Somebody asked for a mode of restarts. */
    public void mode(Mode mode, TaskId task) {
        restarts.modes().asked(mode, task);
    }

    /** Somebody approves what the machine proposed. */
    public void approved(TaskId task) {
        restarts.modes().approved(task);
    }

    /** Somebody asked for a canary. */
    public void canary(String strategy, Duration lasts) {
        canaries.asked(strategy, lasts);
    }

    /** Somebody sets the clock. */
    public void clockStepped(Simulation simulation) {
        steppedAt = simulation.scheduler().nanoTime();
    }

    /** Begins to look at a site and its hosts. */
    public void begin(Simulation simulation, World hosts) {
        world = hosts;
        owners = new Owners(hosts, simulation.head());
        room = new Room(simulation.head());
        restarts.of(simulation);
        simulation.invariant(this);
    }

    /** A task was accepted. */
    public void accepted(TaskId task) {
        acknowledged.accepted(task);
        deeds.accepted(task);
    }

    /** The control plane is about to die. */
    public void death(Simulation simulation) {
        acknowledged.death(simulation);
        boolean knowsClock = simulation.scheduler().nanoTime() - steppedAt > SEEN.toNanos();
        restarts.death(knowsClock);
        canaries.death(knowsClock);
        archived.death(simulation);
    }

    /** The control plane has been started again. */
    public void reborn(Simulation simulation) {
        reservations.begin();
        acknowledged.begin(simulation);
        if (room != null && owners != null) {
            room.begin(simulation.head());
            owners.begin(simulation.head());
            restarts.begin(simulation);
            canaries.begin(simulation);
            deeds.check(simulation);
            archived.begin(simulation);
        }
    }

    @Override
    public void check(Simulation simulation) {
        if (world == null || owners == null || room == null || inventory == null) {
            return;
        }
        if (world.leases().wrong() != null) {
            throw Broken.because("epochs", world.leases().wrong());
        }
        owners.check(simulation.head());
        if (simulation.alive()) {
            if (inventory.wrong() != null) {
                throw Broken.because("gap-free revisions", inventory.wrong());
            }
            room.check(simulation.head());
            reservations.check(simulation);
            restarts.check(simulation);
            canaries.check(simulation);
            archived.check(simulation);
        }
    }

    /**
     * When all is well and nothing is under way, each VM is where and how it should be, and nothing is anywhere else. One
     * that no host may take, of all that are there, waits without a place: such as one of a group that is to be together,
     * where the others had to part when their rack was lost, and each rack is the wrong one for some.
     */
    public void settled(Simulation simulation) {
        if (world == null) {
            return;
        }
        acknowledged.settled(simulation);
        deeds.settled(simulation);
        archived.settled(simulation);
        Map<String, String> wanted = new TreeMap<>();
        for (Vm vm : simulation.head().rows(SiteKinds.VM)) {
            if (!waits(vm, simulation.head())) {
                wanted.put(vm.id().value(), vm.host() + " " + vm.power());
            }
        }
        Map<String, String> found = found();
        if (!found.equals(wanted)) {
            Map<String, String> missing = new TreeMap<>(wanted);
            missing.entrySet().removeAll(found.entrySet());
            Map<String, String> surplus = new TreeMap<>(found);
            surplus.entrySet().removeAll(wanted.entrySet());
            throw Broken.because("settled", missing + " should be, but " + surplus + " is" + simulation.end());
        }
    }

    private static boolean waits(Vm vm, Snapshot head) {
        PlacementQuestion question = new PlacementQuestion(vm.id(), vm.millicores(), vm.size(), vm.labels());
        return vm.host() == null && NaiveRules.fitting(question, head).isEmpty();
    }

    private Map<String, String> found() {
        Map<String, String> found = new TreeMap<>();
        if (world != null) {
            for (HostId id : world.hosts().hosts()) {
                for (HostReport.Found machine :
                        Owners.report(world.hosts().find(id).orElseThrow())) {
                    String there = id + " " + machine.power();
                    found.merge(machine.id().value(), there, (one, other) -> one + " and " + other);
                }
            }
        }
        return found;
    }
}
