package org.vinestock.kernel.site;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Area;
import org.vinestock.area.Clusters;
import org.vinestock.area.DesiredKinds;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.area.SiteCheck;
import org.vinestock.area.Twins;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Decisions;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.act.ControllerRunner;
import org.vinestock.kernel.act.Restraints;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.act.TaskParts;
import org.vinestock.kernel.alarm.ClockWatch;
import org.vinestock.kernel.budget.BudgetParts;
import org.vinestock.kernel.budget.Budgets.HostsOff;
import org.vinestock.kernel.compare.CompareParts;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.document.DocumentParts;
import org.vinestock.kernel.permit.ModeParts;
import org.vinestock.kernel.permit.Modes;
import org.vinestock.kernel.view.ReadyViews;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Controller;
import org.vinestock.task.Operations;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;
import org.vinestock.view.View;
import org.vinestock.view.Views;

/**
 * A site: what everything else is built on, and the areas that come and go on it.
 *
 * <p><b>Calls.</b> From any thread. Areas are built and closed on the caller's thread, one at a time. An area arrives in
 * this order: strategies, points (so that none is open without its strategies), services, operations and steps, views,
 * controllers; it leaves in reverse.
 */
public final class ControlPlane implements Platform, Views {
    /** Comes before the areas' names. */
    private static final String KERNEL = "";

    private final Scheduler scheduler;
    private final Inventory inventory;
    private final DecisionKernel decisions;
    private final TaskEngine engine;
    private final @Nullable TwinMaker twinMaker;
    private final Areas areas;
    private final ClockWatch clock;
    private final NavigableMap<String, List<Object>> services = new ConcurrentSkipListMap<>();
    private final NavigableMap<String, View<?, ?>> views = new ConcurrentSkipListMap<>();
    private final ReadyViews ready;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    /**
     * Makes a site without areas. What the kernel itself brings is there from the beginning.
     *
     * @param twinMaker makes simulated sites beside this one; null in a simulated one
     * @param kernelParts what the kernel brings besides tasks, decisions and areas
     */
    public ControlPlane(
            Scheduler scheduler,
            Inventory inventory,
            DecisionKernel decisions,
            TaskEngine engine,
            @Nullable TwinMaker twinMaker,
            List<Parts> kernelParts) {
        this.scheduler = scheduler;
        this.inventory = inventory;
        this.decisions = decisions;
        this.engine = engine;
        this.twinMaker = twinMaker;
        areas = new Areas(this::install, decisions.keeper(), twinMaker == null);
        ready = new ReadyViews(scheduler, inventory, views::values);
        decisions.freeze().onSet(engine::retryParked);
        Restraints restraints = engine.restraints();
        clock = new ClockWatch(scheduler, decisions.alarms());
        clock.onStep(decisions.roster()::clockStepped);
        clock.onStep(restraints.budgets()::clockStepped);
        restraints.budgets().hosts(this::hostsOff);
        restraints.budgets().alarms(decisions.alarms());
        List<Parts> own = new ArrayList<>(List.of(
                TaskParts.of(engine),
                BudgetParts.of(restraints.budgets()),
                ModeParts.of(restraints.modes(), this::functions, () -> services(Clusters.class)),
                decisions.parts(() -> services(Clusters.class)),
                AreaParts.of(areas, scheduler.lane("areas")),
                DocumentParts.of(
                        inventory,
                        () -> services(DesiredKinds.class),
                        () -> services(SiteCheck.class),
                        scheduler.lane("documents"))));
        own.addAll(kernelParts);
        if (twinMaker != null) {
            own.add(CompareParts.of(
                    this, decisions, (spec, decides, asked) -> twinMaker.make(this, spec, decides, asked)));
        }
        List<Object> offered = new ArrayList<>(List.of(decisions.feed()));
        for (Parts parts : own) {
            offered.addAll(parts.services());
            addViews(parts);
            engine.add(parts);
        }
        services.put(KERNEL, offered);
    }

    /** Brings in an area; if another provider of it is there, it waits. */
    public void add(Area area) {
        add(Provider.of(area));
    }

    /** Brings in an area of a bundle. */
    void add(Provider provider) {
        areas.add(provider);
    }

    /** Takes out an area; one that was not brought in changes nothing. */
    public void remove(Area area) {
        areas.remove(area);
    }

    /** Watches the clock from now on; time that is only simulated needs no watching, unless somebody steps it. */
    public void watchClock() {
        clock.start();
    }

    /** Keeps ready from now on what views look things up in; a site that nobody looks at needs none of it. */
    public void keepViewsReady() {
        ready.start();
    }

    /** Takes out all areas. */
    public void close() {
        ready.close();
        clock.close();
        areas.close();
    }

    private InstalledArea install(Area area) {
        Parts parts = area.build(this);
        InstalledArea installed = new InstalledArea(area, parts);
        try {
            installed.register(() -> {}, this::tellWatchers); // the last thing when it leaves
            for (BuiltIn<?, ?, ?> strategy : parts.strategies()) {
                installed.register(() -> decisions.add(strategy), () -> decisions.remove(strategy));
            }
            for (DecisionPoint<?, ?, ?> point : parts.points()) {
                installed.register(() -> decisions.add(point), () -> decisions.remove(point));
            }
            installed.register(() -> services.put(area.name(), parts.services()), () -> services.remove(area.name()));
            installed.register(() -> engine.add(parts), () -> engine.remove(parts));
            installed.register(() -> addViews(parts), () -> removeViews(parts));
            for (Controller controller : parts.controllers()) {
                ControllerRunner runner = new ControllerRunner(controller, scheduler, inventory, engine);
                Modes modes = engine.restraints().modes();
                Runnable lookAtAll = runner::lookAtAll;
                installed.register(runner::start, runner::close);
                installed.register(() -> modes.onSet(lookAtAll), () -> modes.forget(lookAtAll));
            }
            tellWatchers();
        } catch (RuntimeException | LinkageError e) {
            installed.close();
            throw e;
        }
        return installed;
    }

    /** What the controllers that are there serve. */
    private List<String> functions() {
        return areas.installed().values().stream()
                .flatMap(area -> area.parts().controllers().stream())
                .map(Controller::function)
                .distinct()
                .sorted()
                .toList();
    }

    private HostsOff.@Nullable Count hostsOff(String cluster) {
        for (Clusters knowing : services(Clusters.class)) {
            int hosts = knowing.hosts(cluster, inventory.head());
            if (hosts > 0) {
                return new HostsOff.Count(hosts, knowing.hostsOff(cluster, inventory.head()));
            }
        }
        return null;
    }

    private void addViews(Parts parts) {
        for (View<?, ?> view : parts.views()) {
            if (views.containsKey(view.name())) {
                throw new IllegalArgumentException(
                        "view " + view.name() + " is there already; each name belongs to one area");
            }
        }
        for (View<?, ?> view : parts.views()) {
            views.put(view.name(), view);
        }
        ready.look();
    }

    private void removeViews(Parts parts) {
        for (View<?, ?> view : parts.views()) {
            views.remove(view.name(), view);
        }
    }

    Areas areas() {
        return areas;
    }

    @Override
    public List<View<?, ?>> all() {
        return List.copyOf(views.values());
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    @Override
    public Inventory inventory() {
        return inventory;
    }

    @Override
    public Decisions decisions() {
        return decisions;
    }

    @Override
    public Operations operations() {
        return engine;
    }

    @Override
    public Twins twins() {
        if (twinMaker == null) {
            throw new VinestockException(SiteError.NO_TWINS, "a simulated site has no simulated sites beside it");
        }
        return spec -> twinMaker.make(this, spec);
    }

    @Override
    public boolean simulated() {
        return twinMaker == null;
    }

    /** What keeps tasks from acting. */
    Restraints restraints() {
        return engine.restraints();
    }

    /** The decisions, with what they do not show to areas. */
    DecisionKernel decisionKernel() {
        return decisions;
    }

    @Override
    public <S> List<S> services(Class<S> type) {
        List<S> found = new ArrayList<>();
        for (List<Object> ofArea : services.values()) {
            for (Object service : ofArea) {
                if (type.isInstance(service)) {
                    found.add(type.cast(service));
                }
            }
        }
        return found;
    }

    @Override
    public Cancellable onAreasChange(Lane lane, Runnable wake) {
        Runnable watcher = () -> lane.execute(wake);
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    private void tellWatchers() {
        watchers.forEach(Runnable::run);
    }
}
