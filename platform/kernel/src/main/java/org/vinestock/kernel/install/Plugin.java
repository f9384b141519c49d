package org.vinestock.kernel.install;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Strategy;
import org.vinestock.decision.StrategyRef;
import org.vinestock.decision.VinestockStrategy;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.plugin.CallMark;
import org.vinestock.kernel.plugin.ContractReport;
import org.vinestock.kernel.plugin.PluginBoundary;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.time.Scheduler;

/**
 * A jar that is installed, with the strategies in it. Brought up by one thread, let go by another; waits for its component
 * and for the last call, so this is a class at the edge.
 */
final class Plugin {
    private static final int COMPONENT_SECONDS = 5;
    private static final int SLACK_MILLIS = 500;
    private static final Duration AREAS_COME = Duration.ofSeconds(30);

    private final PluginJar jar;
    private final Installation site;
    private final BundleContext platform;
    private final DecisionKernel kernel;
    private final Scheduler scheduler;
    /** Is told of its start and contract; its strategies have marks of their own. */
    private final CallMark mark;

    private final List<Offered> offered = new ArrayList<>();
    /** How the contracts went, in the order of {@link #offered}; belongs to the thread that brings it up. */
    private final List<ContractReport> reports = new ArrayList<>();

    private volatile @Nullable Bundle bundle;

    /** A strategy of this jar, and the service behind it. */
    private record Offered(StrategyOffer offer, ServiceReference<?> service, DecisionPoint<?, ?, ?> point) {}

    Plugin(PluginJar jar, Installation site) {
        this.jar = jar;
        this.site = site;
        platform = site.platform();
        kernel = site.kernel();
        scheduler = site.scheduler();
        mark = site.deaths().calls().trial(jar.shortDigest());
    }

    PluginJar jar() {
        return jar;
    }

    /** The strategies that were found in it. */
    synchronized List<StrategyRef> strategies() {
        return offered.stream().map(each -> each.offer().ref()).toList();
    }

    /** Starts its bundle, for as long as this process lives. */
    void start(Bundle installed) throws Refused {
        bundle = installed;
        List<String> missing = missing(installed);
        if (!missing.isEmpty()) {
            throw new Refused(jar.name() + ": nobody offers what it needs: " + String.join(", ", missing));
        }
        try {
            // While the platform starts, the framework may not have come further than to the kernel's own level.
            installed
                    .adapt(BundleStartLevel.class)
                    .setStartLevel(
                            platform.getBundle().adapt(BundleStartLevel.class).getStartLevel());
            mark.running(true);
            installed.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
            throw new Refused(jar.name() + ": it does not start: "
                    + PluginBoundary.text(e.getCause() == null ? e : e.getCause()));
        } finally {
            mark.running(false);
        }
    }

    private List<String> missing(Bundle installed) {
        FrameworkWiring wiring = platform.getBundle(0).adapt(FrameworkWiring.class);
        List<String> missing = new ArrayList<>();
        for (BundleRequirement needed : installed.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            boolean optional = Namespace.RESOLUTION_OPTIONAL.equals(
                    needed.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE));
            boolean later = "dynamic".equals(needed.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE));
            String effective = needed.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
            boolean now = effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE);
            if (!optional && !later && now && wiring.findProviders(needed).isEmpty()) {
                String filter = needed.getDirectives().get(Namespace.REQUIREMENT_FILTER_DIRECTIVE);
                missing.add((needed.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE) ? "package " : "")
                        + (filter == null ? needed.getNamespace() : filter));
            }
        }
        return missing;
    }

    /** Finds the strategies that it registered; each capability of the jar must have one. */
    void find() throws Refused {
        Bundle started = running();
        int wanted = started.adapt(BundleRevision.class)
                .getDeclaredCapabilities(VinestockStrategy.NAMESPACE)
                .size();
        long end = scheduler.nanoTime() + TimeUnit.SECONDS.toNanos(COMPONENT_SECONDS);
        List<ServiceReference<?>> found = services(started);
        try {
            while (found.size() < wanted && scheduler.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(10);
                found = services(started);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (found.size() < wanted || found.isEmpty()) {
            throw new Refused(jar.name() + ": " + found.size() + " of " + wanted
                    + " strategies came up within " + COMPONENT_SECONDS
                    + " s; is each a component whose references are satisfied?");
        }
        for (ServiceReference<?> service : found) {
            Offered each = offered(service, started);
            synchronized (this) {
                offered.add(each);
            }
        }
    }

    private Bundle running() {
        Bundle started = bundle;
        if (started == null) {
            throw new IllegalStateException(jar.name() + " was not started");
        }
        return started;
    }

    private static List<ServiceReference<?>> services(Bundle bundle) {
        List<ServiceReference<?>> found = new ArrayList<>();
        ServiceReference<?>[] all = bundle.getRegisteredServices();
        for (ServiceReference<?> service : all == null ? new ServiceReference<?>[0] : all) {
            if (service.getProperty(VinestockStrategy.PREFIX_ + "point") instanceof String
                    && service.getProperty(VinestockStrategy.PREFIX_ + "name") instanceof String) {
                found.add(service);
            }
        }
        return found;
    }

    private Offered offered(ServiceReference<?> service, Bundle started) throws Refused {
        String point = String.valueOf(service.getProperty(VinestockStrategy.PREFIX_ + "point"));
        String name = String.valueOf(service.getProperty(VinestockStrategy.PREFIX_ + "name"));
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new Refused(
                    jar.name() + ": \"" + name + "\" is no name of a strategy; accepted: letters, digits, . _ -");
        }
        DecisionPoint<?, ?, ?> known = point(point)
                .orElseThrow(() -> new Refused(jar.name() + ": there is no decision point " + point + "; accepted: "
                        + String.join(", ", kernel.points())));
        ServiceObjects<?> objects = platform.getServiceObjects(service);
        if (!service.isAssignableTo(platform.getBundle(), known.strategyType().getName())
                || objects == null
                || !Constants.SCOPE_PROTOTYPE.equals(service.getProperty(Constants.SERVICE_SCOPE))) {
            throw new Refused(jar.name() + ": " + name + " is no "
                    + known.strategyType().getName() + " of prototype scope, as " + point + " wants");
        }
        StrategyRef ref = new StrategyRef(point, name, version(started.getVersion()), jar.shortDigest());
        ClassLoader loader = started.adapt(BundleWiring.class).getClassLoader();
        return new Offered(
                new StrategyOffer(
                        ref,
                        () -> fresh(objects),
                        gone -> release(objects, gone),
                        loader,
                        site.deaths().calls().mark(jar.shortDigest())),
                service,
                known);
    }

    /** The point; its area may still be on its way while the platform starts. */
    private Optional<DecisionPoint<?, ?, ?>> point(String name) {
        long began = site.beganNanos();
        try {
            while (kernel.point(name).isEmpty() && scheduler.nanoTime() - began < AREAS_COME.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return kernel.point(name);
    }

    private static Strategy<?, ?, ?> fresh(ServiceObjects<?> objects) {
        Object made = objects.getService();
        if (made instanceof Strategy<?, ?, ?> strategy) {
            return strategy;
        }
        throw new IllegalStateException("its component made no strategy");
    }

    @SuppressWarnings("unchecked")
    private static void release(ServiceObjects<?> objects, Object gone) {
        try {
            ((ServiceObjects<Object>) objects).ungetService(gone);
        } catch (IllegalStateException | IllegalArgumentException e) {
            // its bundle has gone already
        }
    }

    /** {@code 1.0} for 1.0.0, {@code 1.2.3} for 1.2.3. */
    private static String version(Version version) {
        String text = version.getMajor() + "." + version.getMinor();
        text += version.getMicro() == 0 && version.getQualifier().isEmpty() ? "" : "." + version.getMicro();
        return text + (version.getQualifier().isEmpty() ? "" : "." + version.getQualifier());
    }

    /** Runs the contract of each strategy. */
    void check() throws Refused {
        for (Offered each : offered()) {
            StrategyRef ref = each.offer().ref();
            mark.running(true);
            ContractReport report = ContractRun.run(
                    each.point(), each.offer().fresh(), each.offer().release(), scheduler, "contract " + ref);
            mark.running(false);
            if (!report.good()) {
                throw new Refused(
                        ref.shortName() + ": " + report + " -> REFUSED: "
                                + report.failures().get(0),
                        strategies(),
                        report);
            }
            reports.add(report);
        }
    }

    /** Lets in those that {@link #check} found good; returns what to tell whoever handed them over. */
    String letIn(boolean handedOverNow) {
        List<Offered> all = offered();
        List<String> said = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            StrategyOffer offer = all.get(i).offer();
            if (handedOverNow) {
                kernel.roster().wanted(offer.ref());
            }
            kernel.roster().arrive(offer, reports.get(i), false);
            said.add(offer.ref().shortName() + ": " + reports.get(i) + " -> " + state(offer.ref()));
        }
        return String.join("; ", said);
    }

    private synchronized List<Offered> offered() {
        return List.copyOf(offered);
    }

    /** Its thread does not return: nothing of it is offered any more, and what it does is not marked. */
    synchronized void abandon() {
        offered.clear();
        site.deaths().calls().forget(jar.shortDigest());
    }

    /** The same bytes were handed over again; returns what to tell. */
    String wantedAgain() {
        List<String> said = new ArrayList<>();
        for (StrategyRef ref : strategies()) {
            kernel.roster().wanted(ref);
            said.add(ref.shortName() + ": is here already -> " + state(ref));
        }
        return String.join("; ", said);
    }

    private String state(StrategyRef ref) {
        return kernel.roster().standings(ref.point()).stream()
                .filter(standing -> standing.ref().equals(ref))
                .map(standing -> standing.state().name())
                .findFirst()
                .orElse("");
    }

    /** Its service goes: it is made unreachable, and its last call is waited for, within the event. */
    void serviceChanged(ServiceEvent event) {
        if (event.getType() != ServiceEvent.UNREGISTERING) {
            return;
        }
        for (Offered each : offered()) {
            if (each.service().equals(event.getServiceReference())) {
                leave(each);
            }
        }
    }

    private void leave(Offered each) {
        synchronized (this) {
            if (!offered.remove(each)) {
                return;
            }
        }
        CompletionStage<Void> ended = kernel.roster().leave(each.offer().ref());
        try {
            ended.toCompletableFuture().get(each.point().deadline().toMillis() + SLACK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The roster has left its thread alone and said so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Lets its strategies go, then the bundle and its classes.
     *
     * @param takenAway why its file was taken away; null if it was not
     */
    void end(@Nullable String takenAway) {
        List<StrategyRef> refs = strategies();
        offered().forEach(this::leave);
        if (takenAway != null) {
            refs.forEach(ref -> kernel.roster().takenAway(ref, takenAway));
        }
        Bundle ended = bundle;
        bundle = null;
        if (ended != null && ended.getState() != Bundle.UNINSTALLED) {
            FrameworkWiring wiring = platform.getBundle(0).adapt(FrameworkWiring.class);
            try {
                ended.uninstall();
            } catch (BundleException e) {
                throw new IllegalStateException(jar.name() + " cannot be uninstalled", e);
            }
            // Nobody is wired to it: this frees its classes and touches no one else.
            wiring.refreshBundles(List.of(ended));
        }
        site.deaths().calls().forget(jar.shortDigest());
    }
}
