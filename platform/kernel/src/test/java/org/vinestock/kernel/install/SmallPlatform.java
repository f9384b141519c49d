package org.vinestock.kernel.install;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.install.sample.SamplePoint;
import org.vinestock.kernel.plugin.ThreadWorker;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.store.memory.MemoryInventories;

/** An OSGi framework with a kernel and an installer, and nothing else: what a container does with plugins, in a moment. */
final class SmallPlatform {
    private static final long SECONDS = 30;

    final SamplePoint point = new SamplePoint();
    final List<String> alarms = new CopyOnWriteArrayList<>();
    final Framework framework;
    final DecisionKernel kernel;
    final StrategyInstaller installer;
    final HeldLimits limits;
    private final LaneScheduler scheduler;

    /** Starts one; what {@code state} and {@code log} hold is what a former one left. */
    SmallPlatform(Path cache, Path state, StateLog log, boolean safe) throws IOException, BundleException {
        Map<String, String> configuration = new TreeMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        configuration.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "org.vinestock.decision,org.vinestock.kernel.install.sample");
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(configuration);
        framework.start();
        scheduler = new LaneScheduler(2, 1, (lane, thrown) -> alarms.add(lane + ": " + thrown));
        kernel = new DecisionKernel(
                scheduler,
                new MemoryInventories().memory(scheduler),
                ThreadWorker::hire,
                DecisionLimits.DEFAULTS,
                log,
                alarms::add);
        kernel.add(point);
        BundleContext own =
                bundle("kernel", "org.vinestock.kernel.install.sample").getBundleContext();
        limits = new HeldLimits(scheduler);
        installer = new StrategyInstaller(own, kernel, limits, state, safe);
        own.addServiceListener(installer::serviceChanged);
    }

    /** Hands a file over and waits for the verdict. */
    String take(Path file) throws IOException {
        installer.came(file);
        return verdict(file);
    }

    /** Waits for the verdict of a file. */
    String verdict(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String digest = PluginJar.digest(Files.readAllBytes(file));
        try {
            return kernel.verdicts().await(name, digest).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause().getMessage());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no verdict of " + file, e);
        }
    }

    /** Promotes a strategy and returns what is said when that is kept. */
    String promote(String strategy) throws Exception {
        return kernel.roster()
                .promote(point.name(), strategy, "test")
                .toCompletableFuture()
                .get(SECONDS, TimeUnit.SECONDS);
    }

    /** The strategies with their states, such as {@code sample@1.0 SHADOW}. */
    List<String> standings() {
        return kernel.roster().standings(point.name()).stream()
                .map((Standing standing) -> standing.ref().shortName() + " " + standing.state())
                .toList();
    }

    /** Installs and starts a bundle of the platform that imports something. */
    Bundle bundle(String name, String imports) throws IOException, BundleException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Import-Package", imports);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new JarOutputStream(bytes, manifest).close();
        Bundle bundle = framework
                .getBundleContext()
                .installBundle("platform:" + name, new ByteArrayInputStream(bytes.toByteArray()));
        bundle.start();
        return bundle;
    }

    /** Notes what happens to bundles that are no plugins from now on. */
    List<String> watchPlatform() {
        List<String> seen = new CopyOnWriteArrayList<>();
        framework.getBundleContext().addBundleListener(event -> {
            if (!event.getBundle().getLocation().startsWith(Installation.LOCATION)) {
                seen.add(event.getType() + " " + event.getBundle());
            }
        });
        return seen;
    }

    /** Waits until the framework has done what was asked of it so far. */
    void refreshed() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        FrameworkListener told = event -> done.countDown();
        framework.adapt(FrameworkWiring.class).refreshBundles(List.of(), told);
        if (!done.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the framework does not refresh");
        }
    }

    /** Ends as a container does that is stopped. */
    void stop() throws BundleException, InterruptedException {
        installer.close();
        framework.stop();
        framework.waitForStop(TimeUnit.SECONDS.toMillis(SECONDS));
    }

    /** Stops it if it runs, and its threads. */
    void close() throws BundleException, InterruptedException {
        if (framework.getState() == Bundle.ACTIVE) {
            stop();
        }
        scheduler.close();
    }
}
