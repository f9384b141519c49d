package org.vinestock.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.lab.LabOperations;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.CreateVm;
import org.vinestock.machines.MachineOperations.HostMaintenance;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.PlacementOperations;
import org.vinestock.placement.PlacementOperations.AddRule;
import org.vinestock.placement.PlacementOperations.Demanded;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.RuleId;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.testkit.DelayedInventory;
import org.vinestock.testkit.Seeds;
import org.vinestock.testkit.simulation.Simulation;

/**
 * One small site under one seed: VMs arrive and leave, are stopped and started; hosts and racks lose their power and get it
 * back, go into maintenance; tasks are cancelled; hosts get calls late and twice. Sizes and times favour edges.
 */
final class Scenario {
    private static final int ACTIONS = 120;
    private static final List<String> APPS = List.of("web", "db", "batch");

    private final RandomGenerator random;
    private final Simulation site;
    private final SiteInvariants invariants;
    private final List<TaskId> tasks = new ArrayList<>();
    private final int cores;
    private final long gibibytes;
    private int made;

    private Scenario(long seed, Setup setup, boolean checked) {
        random = Seeds.random(seed, "scenario");
        cores = 2 + random.nextInt(15);
        gibibytes = 4L + random.nextInt(61);
        TappedLab lab = new TappedLab(setup.hosts());
        NumberedInventory[] numbered = new NumberedInventory[1];
        int slowest = random.nextInt(3) == 0 ? 0 : random.nextInt(30);
        Simulation.Builder builder = Simulation.under(seed)
                .inventory(scheduler -> {
                    RandomGenerator delays = scheduler.random("durable");
                    var memory = slowest == 0
                            ? new MemoryInventories().memory(scheduler)
                            : new DelayedInventory(scheduler, () -> Duration.ofMillis(delays.nextInt(slowest)));
                    numbered[0] = new NumberedInventory(setup.inventory().apply(memory), scheduler);
                    return numbered[0];
                })
                .area(setup.placement())
                .area(lab)
                .area(setup.machines());
        setup.more().forEach(builder::area);
        site = builder.build();
        invariants = new SiteInvariants(lab, numbered[0]);
        if (checked) {
            site.invariant(invariants);
        }
    }

    /** Runs a scenario and returns what happened; with invariants if {@code checked}. */
    static Simulation run(long seed, Setup setup, boolean checked) {
        Scenario scenario = new Scenario(seed, setup, checked);
        scenario.build();
        for (int i = 0; i < ACTIONS; i++) {
            scenario.act();
            scenario.site.run(scenario.pause());
        }
        scenario.calmDown();
        return scenario.site;
    }

    private void build() {
        int hosts = 1 + random.nextInt(12);
        int racks = 1 + random.nextInt(Math.min(4, hosts));
        int zones = 1 + random.nextInt(Math.min(2, racks));
        TaskStatus built = site.ended(
                LabOperations.BUILD,
                new LabOperations.BuildSite(
                        hosts,
                        racks,
                        zones,
                        cores,
                        ByteCount.ofGib(gibibytes),
                        BigDecimal.ZERO,
                        site.seed(),
                        Duration.ofSeconds(5)));
        if (built.state() != TaskState.DONE) {
            throw new AssertionError("the site was not built: " + built);
        }
        site.run(Duration.ofSeconds(1));
        for (String app : APPS) {
            if (random.nextBoolean()) {
                addRule(app);
            }
        }
    }

    private void addRule(String app) {
        Demanded[] demands = Demanded.values();
        Domain[] domains = Domain.values();
        Domain per = domains[random.nextInt(domains.length)];
        List<Host> hosts = new ArrayList<>();
        site.head().rows(SiteKinds.HOST).forEach(hosts::add);
        Host host = hosts.get(random.nextInt(hosts.size()));
        String name = switch (per) {
            case HOST -> host.id().value();
            case RACK -> host.rack().value();
            case ZONE -> host.rack().value().substring(0, 2);
        };
        Demanded demand = demands[random.nextInt(demands.length)];
        TaskStatus added = site.ended(
                PlacementOperations.ADD_RULE,
                new AddRule(
                        new RuleId(app + "-rule"),
                        demand,
                        "app=" + app,
                        per,
                        demand == Demanded.IN ? List.of(name) : List.of(),
                        1 + random.nextInt(4)));
        if (added.state() != TaskState.DONE) {
            throw new AssertionError("a rule was not added: " + added);
        }
    }

    private void act() {
        int dice = random.nextInt(100);
        Vm vm = anyVm();
        if (dice < 45 || vm == null) {
            start(MachineOperations.CREATE_VM, newVm());
        } else if (dice < 65) {
            start(MachineOperations.DELETE_VM, new OneVm(vm.id()));
        } else if (dice < 71) {
            start(MachineOperations.STOP_VM, new OneVm(vm.id()));
        } else if (dice < 77) {
            start(MachineOperations.START_VM, new OneVm(vm.id()));
        } else if (dice < 84) {
            start(LabOperations.FAIL, new LabOperations.Target(anyTarget()));
        } else if (dice < 91) {
            start(LabOperations.HEAL, new LabOperations.OptionalTarget(random.nextBoolean() ? null : anyTarget()));
        } else if (dice < 94) {
            start(
                    MachineOperations.HOST_MAINTENANCE,
                    new HostMaintenance(anyHost().id(), random.nextBoolean()));
        } else if (!tasks.isEmpty()) {
            site.tasks().cancel(tasks.get(tasks.size() - 1 - random.nextInt(Math.min(3, tasks.size()))));
        }
    }

    private <P extends Record> void start(OperationType<P, ?> type, P parameters) {
        try {
            tasks.add(site.start(type, parameters));
        } catch (VinestockException | IllegalArgumentException refused) {
            // such as CLAIMED by a task that is under way: what people get to read
        }
    }

    private CreateVm newVm() {
        boolean again = made > 0 && random.nextInt(4) == 0;
        int number = again ? random.nextInt(made) : made++;
        Labels labels = random.nextInt(4) == 0 ? Labels.NONE : Labels.of("app", APPS.get(random.nextInt(3)));
        return new CreateVm(new VmId("vm-" + number), cores(), memory(), labels);
    }

    private BigDecimal cores() {
        return switch (random.nextInt(6)) {
            case 0 -> new BigDecimal("0.001");
            case 1 -> BigDecimal.valueOf(cores);
            case 2 -> random.nextInt(4) == 0 ? BigDecimal.valueOf(cores + 1) : BigDecimal.ONE;
            default -> BigDecimal.valueOf(1 + random.nextInt(Math.max(1, cores / 2)));
        };
    }

    private ByteCount memory() {
        return switch (random.nextInt(6)) {
            case 0 -> new ByteCount(1);
            case 1 -> ByteCount.ofGib(gibibytes);
            default -> ByteCount.ofGib(1 + random.nextLong(Math.max(1, gibibytes / 2)));
        };
    }

    private @Nullable Vm anyVm() {
        List<Vm> vms = new ArrayList<>();
        site.head().rows(SiteKinds.VM).forEach(vms::add);
        return vms.isEmpty() ? null : vms.get(random.nextInt(vms.size()));
    }

    private Host anyHost() {
        List<Host> hosts = new ArrayList<>();
        site.head().rows(SiteKinds.HOST).forEach(hosts::add);
        return hosts.get(random.nextInt(hosts.size()));
    }

    private String anyTarget() {
        Host host = anyHost();
        return random.nextInt(4) == 0 ? host.rack().value() : host.id().value();
    }

    private Duration pause() {
        return switch (random.nextInt(6)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofNanos(1);
            case 2 -> Duration.ofMillis(random.nextInt(50));
            case 3 -> Duration.ofSeconds(random.nextInt(15));
            default -> Duration.ofMillis(random.nextInt(1000));
        };
    }

    /** Gives all hosts power and lets the site settle. */
    private void calmDown() {
        start(LabOperations.HEAL, new LabOperations.OptionalTarget(null));
        site.run(Duration.ofMinutes(2));
        invariants.settled(site);
    }
}
