package org.vinestock.lab;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Inventory;
import org.vinestock.lab.LabOperations.BuildSite;
import org.vinestock.lab.LabOperations.HostsChanged;
import org.vinestock.lab.LabOperations.OptionalTarget;
import org.vinestock.lab.LabOperations.SiteBuilt;
import org.vinestock.lab.LabOperations.Speed;
import org.vinestock.lab.LabOperations.SpeedChanged;
import org.vinestock.lab.LabOperations.Target;
import org.vinestock.lab.arrivals.Tenants;
import org.vinestock.lab.site.LabSite;
import org.vinestock.lab.site.SiteShape;
import org.vinestock.machines.site.SiteId;
import org.vinestock.model.HostId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepHandler;
import org.vinestock.time.Lane;
import org.vinestock.view.View;

/** The operations, steps and views on one lab site. */
final class SiteParts {
    private static final String POWER_ON = "lab.power-on";
    private static final String ARRIVE = "lab.arrive";
    private static final String FAIL = "lab.fail";
    private static final String HEAL = "lab.heal";
    private static final String SPEED = "lab.speed";

    private final LabSite site;
    private final Tenants tenants;
    private final Inventory inventory;
    private final TopologyStep topology;
    private final @Nullable Resumption resumption;

    record Rate(double perSecond, long seed) {}

    record Shape(SiteShape shape) {}

    record Chosen(List<HostId> hosts) {}

    record Factor(double factor, double before) {}

    SiteParts(Platform platform) {
        site = new LabSite(platform.scheduler());
        tenants = new Tenants(platform, site.clock());
        inventory = platform.inventory();
        Lane lane = platform.scheduler().lane("lab.topology");
        topology = new TopologyStep(inventory, lane);
        resumption = platform.simulated() ? null : new Resumption(site, tenants, inventory, lane);
        if (resumption != null) {
            resumption.start();
        }
    }

    LabSite site() {
        return site;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                new PlannedOperation<>(
                        LabOperations.BUILD,
                        this::planBuild,
                        (asked, plan) -> new SiteBuilt(asked.hosts(), asked.racks(), asked.zones(), asked.arrivals())),
                new PlannedOperation<>(
                        LabOperations.FAIL,
                        this::planFail,
                        (asked, plan) -> new HostsChanged(chosen(plan), "without power")),
                new PlannedOperation<>(
                        LabOperations.HEAL,
                        this::planHeal,
                        (asked, plan) -> new HostsChanged(chosen(plan), "with power, their VMs switched off")),
                new PlannedOperation<>(
                        LabOperations.SPEED,
                        this::planSpeed,
                        (asked, plan) -> new SpeedChanged(asked.factor(), inWords(asked.factor()))));
    }

    List<View<?, ?>> views() {
        return List.of(new LabInfoView(site, tenants));
    }

    List<StepHandler<?>> steps() {
        return List.of(
                topology,
                new LabStep<>(
                        POWER_ON,
                        Shape.class,
                        asked -> "switches " + asked.shape().hosts() + " played hosts on",
                        asked -> site.hosts().size() == asked.shape().hosts(),
                        asked -> site.powerOn(asked.shape(), inventory.head()),
                        asked -> site.powerOff()),
                new LabStep<>(
                        ARRIVE,
                        Rate.class,
                        asked -> "lets " + asked.perSecond() + " VMs a second arrive",
                        asked -> tenants.counts().perSecond() == asked.perSecond(),
                        asked -> tenants.arrive(asked.perSecond(), asked.seed()),
                        asked -> tenants.arrive(0, asked.seed())),
                new LabStep<>(
                        FAIL,
                        Chosen.class,
                        asked -> "cuts the power of " + names(asked.hosts()),
                        asked -> failed().containsAll(asked.hosts()),
                        asked -> site.fail(asked.hosts()),
                        asked -> site.heal(asked.hosts())),
                new LabStep<>(
                        HEAL,
                        Chosen.class,
                        asked -> "gives power to " + names(asked.hosts()),
                        asked -> asked.hosts().stream().noneMatch(failed()::contains),
                        asked -> site.heal(asked.hosts()),
                        asked -> site.fail(asked.hosts())),
                new LabStep<>(
                        SPEED,
                        Factor.class,
                        asked -> "sets the speed from " + asked.before() + " to " + asked.factor(),
                        asked -> site.clock().speed() == asked.factor(),
                        asked -> speed(asked.factor()),
                        asked -> speed(asked.before())));
    }

    void close() {
        if (resumption != null) {
            resumption.close();
        }
        tenants.close();
        site.close();
    }

    private Plan planBuild(BuildSite asked) {
        if (!site.hosts().isEmpty()) {
            throw new IllegalArgumentException(
                    "the lab has a site of " + site.hosts().size() + " hosts already; accepted: one site a container");
        }
        SiteShape shape = new SiteShape(
                asked.zones(),
                asked.racks(),
                asked.hosts(),
                asked.cores() * 1000L,
                asked.memory(),
                asked.seed(),
                asked.loads());
        Rate rate = new Rate(asked.arrivals().doubleValue(), asked.seed());
        return new Plan(
                List.of(new SiteId("lab")),
                List.of(
                        new Step(
                                "write the site into the inventory",
                                TopologyStep.KIND,
                                new TopologyStep.Arguments(shape, rate.perSecond() > 0, rate.perSecond())),
                        new Step("switch " + asked.hosts() + " hosts on", POWER_ON, new Shape(shape)),
                        new Step("let VMs arrive", ARRIVE, rate)));
    }

    private Plan planFail(Target asked) {
        List<HostId> hosts = site.topology().hostsOf(asked.target());
        return new Plan(List.of(), List.of(new Step("cut the power of " + names(hosts), FAIL, new Chosen(hosts))));
    }

    private Plan planHeal(OptionalTarget asked) {
        String target = asked.target();
        Set<HostId> without = failed();
        List<HostId> hosts = target == null
                ? List.copyOf(without)
                : site.topology().hostsOf(target).stream()
                        .filter(without::contains)
                        .toList();
        return new Plan(List.of(), List.of(new Step("give power to " + names(hosts), HEAL, new Chosen(hosts))));
    }

    private Plan planSpeed(Speed asked) {
        Factor factor = new Factor(asked.factor().doubleValue(), site.clock().speed());
        return new Plan(List.of(), List.of(new Step("set the speed to " + asked.factor(), SPEED, factor)));
    }

    private Set<HostId> failed() {
        return new LinkedHashSet<>(site.failed());
    }

    private void speed(double factor) {
        site.clock().speed(factor);
        tenants.speedChanged();
    }

    private static List<HostId> chosen(Plan plan) {
        return ((Chosen) plan.steps().get(0).arguments()).hosts();
    }

    private static String names(List<HostId> hosts) {
        return hosts.size() > 6
                ? hosts.size() + " hosts"
                : hosts.isEmpty()
                        ? "no host"
                        : hosts.stream().map(HostId::value).collect(Collectors.joining(", "));
    }

    private static String inWords(BigDecimal factor) {
        return factor.signum() == 0
                ? "arrivals and loads stand still"
                : "lab time runs " + factor.toPlainString() + " times as fast as the clock";
    }
}
