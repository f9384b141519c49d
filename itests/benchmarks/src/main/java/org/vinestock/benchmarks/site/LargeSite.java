package org.vinestock.benchmarks.site;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.machines.HostState;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.Rack;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.machines.site.ZoneId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.Group;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleId;
import org.vinestock.store.memory.MemoryInventories;

/**
 * A site without machines behind it: hosts of 64 cores and 256 GiB, 40 a rack, in four zones; VMs of all sizes spread at
 * random, two thirds full; a rule for each group of VMs.
 */
public final class LargeSite {
    private static final int AT_ONCE = 1_000;
    private static final int HOSTS_A_RACK = 40;
    private static final int ZONES = 4;

    private final Inventory inventory =
            new MemoryInventories().memory(new SimulatedScheduler(1, Instant.EPOCH, (lane, thrown) -> {}));
    private final List<VmId> there = new ArrayList<>();
    private final int hosts;
    private final int rules;
    private int made;

    /** Makes one. */
    public LargeSite(int hosts, int vms, int rules) {
        this.hosts = hosts;
        this.rules = rules;
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            host(i, changes);
            commit(changes, AT_ONCE);
        }
        for (int i = 0; i < rules; i++) {
            RuleId id = new RuleId("rule-" + i);
            changes.add(new Change.Put<>(
                    PlacementRule.KIND, id, new PlacementRule(id, Group.parse("app=a" + i), demand(i))));
        }
        commit(changes, 1);
        SplittableRandom random = new SplittableRandom(1);
        while (there.size() < vms) {
            PlacementQuestion question = question(random);
            Hosts columns = head().hosts();
            int row = random.nextInt(hosts);
            if (columns.freeMillicores(row) >= question.millicores()
                    && columns.freeMemory(row) >= question.memory().bytes()) {
                place(question, columns.id(row));
            }
        }
    }

    private static void host(int number, List<Change> changes) {
        int rack = number / HOSTS_A_RACK;
        ZoneId zone = new ZoneId("z" + rack % ZONES);
        RackId rackId = new RackId(zone + "-r" + rack);
        HostId id = new HostId(rackId + "-h" + number);
        if (number % HOSTS_A_RACK == 0) {
            changes.add(new Change.Put<>(SiteKinds.RACK, rackId, new Rack(rackId, zone)));
        }
        changes.add(new Change.Put<>(
                SiteKinds.HOST, id, new Host(id, rackId, new ClusterId("main"), Labels.NONE, number % 100 == 99)));
        changes.add(new Change.Put<>(
                SiteKinds.HOST_OBSERVED,
                id,
                new ObservedHost(
                        id, number % 200 == 5 ? HostState.DOWN : HostState.UP, 64_000, ByteCount.ofGib(256), true)));
    }

    private static Demand demand(int number) {
        return switch (number % 4) {
            case 0 -> new Demand.Apart(Domain.HOST);
            case 1 -> new Demand.AtMost(Domain.RACK, 3);
            case 2 -> new Demand.In(Domain.ZONE, List.of("z1", "z2"));
            default -> new Demand.AtMost(Domain.HOST, 2);
        };
    }

    /** Asks for a VM of any size and group. */
    public PlacementQuestion question(SplittableRandom random) {
        long millicores = 500L * (1 + random.nextInt(random.nextInt(4) == 0 ? 32 : 8));
        long mebibytes = 512L * (1 + random.nextInt(random.nextInt(4) == 0 ? 128 : 32));
        return new PlacementQuestion(
                new VmId("vm-" + ++made),
                millicores,
                new ByteCount(mebibytes << 20),
                Labels.of("app", "a" + random.nextInt(rules)));
    }

    /** The newest state. */
    public Snapshot head() {
        return inventory.head();
    }

    /** How many there are. */
    public int hosts() {
        return hosts;
    }

    /** Puts a VM on a host. */
    public void place(PlacementQuestion question, HostId host) {
        VmId id = question.vm();
        Vm wanted = new Vm(id, question.millicores(), question.memory(), question.labels(), PowerState.RUNNING, host);
        commit(new ArrayList<>(List.of(new Change.Put<>(SiteKinds.VM, id, wanted))), 1);
        ObservedVm seen = new ObservedVm(id, question.millicores(), question.memory(), PowerState.RUNNING, host);
        commit(new ArrayList<>(List.of(new Change.Put<>(SiteKinds.VM_OBSERVED, id, seen))), 1);
        there.add(id);
    }

    /** Lets any VM leave. */
    public void leave(SplittableRandom random) {
        int at = random.nextInt(there.size());
        VmId id = there.get(at);
        there.set(at, there.get(there.size() - 1));
        there.remove(there.size() - 1);
        commit(
                new ArrayList<>(
                        List.of(new Change.Removed(SiteKinds.VM, id), new Change.Removed(SiteKinds.VM_OBSERVED, id))),
                1);
    }

    private void commit(List<Change> changes, int atLeast) {
        if (changes.size() >= atLeast) {
            Commit commit = inventory
                    .commit(new ChangeSet(head().ref().revision(), changes))
                    .toCompletableFuture()
                    .getNow(null);
            if (!(commit instanceof Commit.Done)) {
                throw new IllegalStateException(String.valueOf(commit));
            }
            changes.clear();
        }
    }

    @Override
    public String toString() {
        Hosts columns = head().hosts();
        double free = 0;
        for (int row = 0; row < columns.end(); row++) {
            free += (double) columns.freeMemory(row) / columns.memory(row);
        }
        return String.format(
                "%d hosts, %d VMs, %d rules, %.0f %% of the memory in use",
                hosts, there.size(), rules, 100 - 100 * free / hosts);
    }
}
