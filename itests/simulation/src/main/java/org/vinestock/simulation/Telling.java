package org.vinestock.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Area;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.kernel.budget.BudgetLimits;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.permit.Mode;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.CreateVm;
import org.vinestock.machines.MachineOperations.DeleteVm;
import org.vinestock.machines.MachineOperations.HostMaintenance;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.MachineOperations.StopVm;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.PlacementOperations;
import org.vinestock.placement.PlacementOperations.AddRule;
import org.vinestock.placement.Placements;
import org.vinestock.simulation.hosts.HostsArea;
import org.vinestock.simulation.hosts.World;
import org.vinestock.simulation.invariant.SiteInvariants;
import org.vinestock.simulation.plugin.Behaviour;
import org.vinestock.simulation.plugin.PlayedStrategy;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.testkit.simulation.SimulatedDisk;
import org.vinestock.testkit.simulation.Simulation;

/** Tells one story: builds its site, lets everything happen, and in the end lets it come to rest. */
public final class Telling {
    private static final JsonCodec CODEC = new JsonCodec();
    private static final int SHADOWS = 16;
    private static final int MANY = 10_000;
    private static final Duration AREAS_COME = Duration.ofSeconds(31);
    private static final Duration REST = Duration.ofMinutes(3);
    private static final Duration MORE_REST = Duration.ofMinutes(10);

    private final Queue<Happening> happenings;
    private final Setup setup;
    private final Simulation site;
    private final long beginning;
    private final World world;
    private final SiteInvariants invariants = new SiteInvariants();
    private final Map<String, Behaviour> plugins = new TreeMap<>();
    private final Map<TaskId, CompletionStage<?>> accepted = new LinkedHashMap<>();
    private final List<TaskId> started = new ArrayList<>();
    private BudgetLimits limits = BudgetLimits.NONE;
    private boolean restrained;

    /** Builds the site of a story; with invariants if {@code checked}. */
    public Telling(Story story, Setup setup, boolean checked) {
        happenings = new ArrayDeque<>(story.happenings());
        this.setup = setup;
        Duration slowest = story.shape().disk();
        Simulation.Builder builder = Simulation.under(story.seed())
                .disk(new SimulatedDisk(setup.lostWrites()))
                .inventory((store, scheduler) ->
                        invariants.counted(setup.inventory().apply(store), scheduler))
                .journal(store -> invariants.noted(setup.journal().apply(store)))
                .archives(setup.archives())
                .budgets(() -> limits)
                .watchesClock(setup.watchesClock())
                .answersAfter(PlayedStrategy::times)
                .shadows(SHADOWS);
        if (!slowest.isZero()) {
            builder.durableWithin(slowest);
        }
        site = builder.build();
        world = new World(site.scheduler(), story.shape().of(story.seed()), site.head());
        if (checked) {
            invariants.begin(site, world);
        }
        site.await(site.inventory().commit(new ChangeSet(site.head().ref().revision(), world.rows())));
        site.add(setup.areas().placement());
        site.add(new HostsArea(() -> world, setup.hosts()));
        site.add(setup.areas().machines());
        setup.areas().more().forEach(site::add);
        beginning = site.scheduler().nanoTime();
    }

    /** Tells a story and returns its site; with invariants if {@code checked}. */
    public static Simulation tell(Story story, Setup setup, boolean checked) {
        Telling telling = new Telling(story, setup, checked);
        boolean more = true;
        while (more) {
            more = telling.next();
        }
        return telling.end();
    }

    /** Lets time pass up to the next happening, and lets that happen; false if there is none. */
    public boolean next() {
        Happening happening = happenings.poll();
        if (happening == null) {
            return false;
        }
        long left = beginning + happening.at().toNanos() - site.scheduler().nanoTime();
        if (left >= 0) {
            site.run(Duration.ofNanos(left));
        }
        happen(happening);
        return true;
    }

    /** Lets the site come to rest, and returns it. */
    public Simulation end() {
        rest();
        return site;
    }

    private void happen(Happening happening) {
        if (happening instanceof Happening.Create create) {
            Labels labels = create.app() == null ? Labels.NONE : Labels.of("app", create.app());
            BigDecimal cores = BigDecimal.valueOf(create.millicores(), 3);
            start(MachineOperations.CREATE_VM, new CreateVm(create.vm(), cores, create.memory(), labels));
        } else if (happening instanceof Happening.Delete delete) {
            start(MachineOperations.DELETE_VM, new DeleteVm(delete.vm()));
        } else if (happening instanceof Happening.Start on) {
            start(MachineOperations.START_VM, new OneVm(on.vm()));
        } else if (happening instanceof Happening.Stop off) {
            start(MachineOperations.STOP_VM, new StopVm(off.vm(), true));
        } else if (happening instanceof Happening.Rule rule) {
            AddRule parameters =
                    new AddRule(rule.id(), rule.demand(), "app=" + rule.app(), rule.per(), rule.names(), rule.count());
            start(PlacementOperations.ADD_RULE, parameters);
        } else if (happening instanceof Happening.Maintenance maintenance) {
            start(MachineOperations.HOST_MAINTENANCE, new HostMaintenance(maintenance.host(), maintenance.on()));
        } else if (happening instanceof Happening.Cancel cancel) {
            if (cancel.before() < started.size()) {
                site.tasks().cancel(started.get(started.size() - 1 - cancel.before()));
            }
        } else if (happening instanceof Happening.Freeze freeze) {
            start(freeze.on() ? "platform.freeze" : "platform.unfreeze", "{}");
        } else if (happening instanceof Happening.Leave leave) {
            leave(leave);
        } else if (happening instanceof Happening.Restart restart) {
            restart(restart.down());
        } else if (happening instanceof Happening.Clock clock) {
            invariants.clockStepped(site);
            site.stepClock(clock.by());
        } else if (!toPlugins(happening) && !toMachine(happening)) {
            toHosts(happening);
        }
    }

    /** What people allow the machine to do by itself. */
    private boolean toMachine(Happening happening) {
        if (happening instanceof Happening.Budget budget) {
            bound(new BudgetLimits.Limit(budget.atOnce(), budget.perHour(), budget.coolDown()));
        } else if (happening instanceof Happening.SetMode mode) {
            mode(mode.mode());
        } else if (happening instanceof Happening.Answer answer) {
            List<TaskId> proposed = site.tasks().newest(MANY).stream()
                    .filter(task -> task.state() == TaskState.PROPOSED)
                    .map(TaskStatus::id)
                    .toList();
            if (!proposed.isEmpty()) {
                TaskId which = proposed.get(answer.which() % proposed.size());
                if (answer.approve()) {
                    invariants.approved(which);
                }
                start(answer.approve() ? "task.approve" : "task.reject", "{\"id\":\"" + which + "\"}");
            }
        } else {
            return false;
        }
        return true;
    }

    private void bound(BudgetLimits.Limit restarts) {
        limits = new BudgetLimits(restarts, BudgetLimits.Limit.NONE, BudgetLimits.Limit.NONE, 100);
        invariants.bounded(restarts);
        site.tasks().restraints().budgets().limits(limits);
    }

    private void mode(Mode mode) {
        restrained = true;
        start("platform.mode", "{\"function\":\"restart\",\"mode\":\"" + mode + "\"}")
                .ifPresent(task -> invariants.mode(mode, task));
    }

    private boolean toPlugins(Happening happening) {
        String point = Placements.PLACE.name();
        if (happening instanceof Happening.Arrive arrive) {
            plugins.put(arrive.strategy(), arrive.behaviour());
            arrive(arrive.strategy(), arrive.behaviour());
        } else if (happening instanceof Happening.Promote promote) {
            start("strategy.promote", "{\"point\":\"" + point + "\",\"strategy\":\"" + promote.strategy() + "@1.0\"}");
        } else if (happening instanceof Happening.Canary canary) {
            canary(canary);
        } else if (happening instanceof Happening.Rollback) {
            start("strategy.rollback", "{\"point\":\"" + point + "\"}");
        } else if (happening instanceof Happening.Depart depart) {
            Behaviour behaviour = plugins.remove(depart.strategy());
            if (behaviour != null) {
                var ref = PlayedStrategy.offer(depart.strategy(), behaviour).ref();
                site.decisions().roster().takenAway(ref, "its jar was deleted");
                site.decisions().roster().leave(ref);
            }
        } else {
            return false;
        }
        return true;
    }

    private void toHosts(Happening happening) {
        if (happening instanceof Happening.Fail fail) {
            world.fail(fail.target());
        } else if (happening instanceof Happening.Heal heal) {
            world.heal(heal.target());
        } else if (happening instanceof Happening.Weather weather) {
            world.disturb(
                    weather.target(), weather.lasts(), weather.slow(), weather.lostPercent(), weather.doubledPercent());
        } else if (happening instanceof Happening.Cut cut) {
            world.cut(cut.target(), cut.lasts());
        } else if (happening instanceof Happening.Stale stale) {
            world.stale(stale.target(), stale.lasts());
        } else {
            throw new IllegalArgumentException("nobody knows what " + happening + " means");
        }
    }

    private void canary(Happening.Canary canary) {
        String name = canary.strategy() + "@1.0";
        String conditions =
                canary.abortIf().isEmpty() ? "" : ",\"abortIf\":[\"" + String.join("\",\"", canary.abortIf()) + "\"]";
        start(
                        "strategy.canary",
                        "{\"point\":\"" + Placements.PLACE.name() + "\",\"strategy\":\"" + name + "\",\"share\":\""
                                + canary.percent() + "\",\"for\":\""
                                + canary.lasts().toSeconds() + "s\",\"then\":\""
                                + canary.then() + "\",\"sample\":5" + conditions + "}")
                .ifPresent(task -> invariants.canary(name, canary.lasts()));
    }

    private void arrive(String name, Behaviour behaviour) {
        site.decisions().roster().arrive(PlayedStrategy.offer(name, behaviour), null, false);
    }

    /** What an area's provider was doing is taken back when it leaves; its tasks go on when it returns. */
    private void leave(Happening.Leave leave) {
        Area area = leave.area().equals("placement")
                ? setup.areas().placement()
                : setup.areas().machines();
        site.plane().remove(area);
        int process = site.processes();
        site.scheduler().after(leave.away(), site.scheduler().lane("areas"), () -> {
            if (site.processes() == process && site.alive()) {
                site.plane().add(area);
            }
        });
    }

    private void restart(Duration down) {
        noteAccepted();
        invariants.death(site);
        site.kill();
        site.run(down);
        site.boot();
        plugins.forEach(this::arrive);
        site.decisions().roster().settled();
        invariants.reborn(site);
    }

    private void noteAccepted() {
        accepted.forEach((task, stage) -> {
            var future = stage.toCompletableFuture();
            if (future.isDone() && !future.isCompletedExceptionally()) {
                invariants.accepted(task);
            }
        });
        accepted.clear();
    }

    private Optional<TaskId> start(String operation, String parameters) {
        for (OperationType<?, ?> type : site.tasks().types()) {
            if (type.name().equals(operation)) {
                return startRead(type, parameters);
            }
        }
        return Optional.empty();
    }

    private <P extends Record> Optional<TaskId> startRead(OperationType<P, ?> type, String parameters) {
        return start(type, CODEC.read(parameters, type.parameters()));
    }

    private <P extends Record, R extends Record> Optional<TaskId> start(OperationType<P, R> type, P parameters) {
        try {
            Task<R> task = site.tasks().start(type, parameters, new Request("somebody"));
            started.add(task.id());
            accepted.put(task.id(), task.accepted());
            return Optional.of(task.id());
        } catch (VinestockException | IllegalArgumentException refused) {
            return Optional.empty(); // such as CLAIMED by a task that is under way: what people get to read
        }
    }

    /** All is mended, and nobody wants anything any more: what should be comes to be. */
    private void rest() {
        world.mend();
        site.run(AREAS_COME); // a freeze may be on its way, too
        start("platform.unfreeze", "{}");
        if (restrained) {
            mode(Mode.ACT); // everything is looked at once more then, which would hide that somebody was not woken
        }
        bound(BudgetLimits.Limit.NONE);
        site.run(REST);
        noteAccepted();
        Instant latest = site.scheduler().instant().plus(MORE_REST);
        while (site.tasks().count() > 0 && site.scheduler().instant().isBefore(latest)) {
            site.run(Duration.ofSeconds(1));
        }
        invariants.settled(site);
    }
}
