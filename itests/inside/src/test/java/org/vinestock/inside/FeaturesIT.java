package org.vinestock.inside;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ConcurrentModificationException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;
import org.junit.FixMethodOrder;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.MethodSorters;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkEvent;

/**
 * What only shows from inside the built distribution: plugins come and go without touching another bundle; every feature
 * installs and uninstalls alone, which comes last because it takes the platform apart.
 */
@FixMethodOrder(MethodSorters.NAME_ASCENDING)
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FeaturesIT {
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2@id=central";

    @Inject
    private BundleContext context;

    @Inject
    private FeaturesService features;

    @Configuration
    public org.ops4j.pax.exam.Option[] distribution() {
        String mvn = "etc/org.ops4j.pax.url.mvn.cfg";
        String system = "etc/custom.system.properties";
        return new org.ops4j.pax.exam.Option[] {
            karafDistributionConfiguration()
                    .frameworkUrl(new File(System.getProperty("vinestock.distribution"))
                            .toURI()
                            .toString())
                    .karafVersion(System.getProperty("karaf.version"))
                    .name("Vinestock")
                    .unpackDirectory(new File("target/exam"))
                    .useDeployFolder(false),
            configureConsole().ignoreLocalConsole(),
            // Pax Exam's own bundles are not in the distribution.
            editConfigurationFilePut(
                    mvn, "org.ops4j.pax.url.mvn.localRepository", System.getProperty("localRepository")),
            editConfigurationFilePut(mvn, "org.ops4j.pax.url.mvn.repositories", CENTRAL),
            editConfigurationFilePut(system, "vinestock.http.port", "0"),
            editConfigurationFilePut(system, "vinestock.test.plugins", System.getProperty("vinestock.test.plugins")),
            editConfigurationFilePut(system, "vinestock.ssh.port", "0"),
        };
    }

    @Test
    public void aPluginThatComesIsOverwrittenAndGoesTouchesNoOtherBundle() throws Exception {
        Queue<String> others = new ConcurrentLinkedQueue<>();
        BlockingQueue<String> plugins = new LinkedBlockingQueue<>();
        context.addBundleListener(event -> {
            if (!event.getBundle().getLocation().startsWith("vinestock-plugin:")) {
                others.add("event " + event.getType() + " of " + event.getBundle());
            } else if (event.getType() == BundleEvent.STARTED) {
                plugins.add("started");
            } else if (event.getType() == BundleEvent.UNINSTALLED) {
                plugins.add("uninstalled");
            }
        });
        context.addFrameworkListener(event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                plugins.add("refreshed");
            }
        });
        Path file = Path.of(System.getProperty("karaf.base"), "deploy", "vendor.jar");
        drop("plain", file);
        next("started", plugins);
        drop("throwing", file);
        next("started", plugins);
        Files.delete(file);
        next("uninstalled", plugins);
        next("uninstalled", plugins);
        next("refreshed", plugins);
        assertEquals(List.of(), List.copyOf(others));
    }

    private static void drop(String plugin, Path file) throws Exception {
        try (Stream<Path> built = Files.list(Path.of(System.getProperty("vinestock.test.plugins")))) {
            Path jar = built.filter(path -> path.toString().endsWith("-" + plugin + ".jar"))
                    .findFirst()
                    .orElseThrow();
            Path beside = file.resolveSibling(plugin + ".half");
            Files.copy(jar, beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Waits for what happens next to a plugin, passing over anything else that does. */
    private static void next(String wanted, BlockingQueue<String> events) throws InterruptedException {
        String event = "";
        while (!wanted.equals(event)) {
            event = events.poll(60, TimeUnit.SECONDS);
            assertTrue("no plugin is " + wanted, event != null);
        }
    }

    @Test
    public void everyFeatureInstallsAndUninstallsAlone() throws Exception {
        List<String> ours = Stream.of(features.listFeatures())
                .filter(feature -> feature.getName().startsWith("vinestock"))
                .map(Feature::getId)
                .sorted()
                .collect(Collectors.toList());
        assertTrue(ours.toString(), ours.size() >= 8);
        uninstall(EnumSet.noneOf(Option.class));
        Set<String> bare = bundles();
        assertTrue(bare.toString(), bare.stream().noneMatch(bundle -> bundle.contains("org.vinestock.")));

        TreeMap<String, String> wrong = new TreeMap<>();
        for (String feature : ours) {
            features.installFeatures(new TreeSet<>(List.of(feature)), EnumSet.of(Option.NoAutoRefreshBundles));
            for (Bundle bundle : context.getBundles()) {
                boolean fragment = bundle.getHeaders().get("Fragment-Host") != null;
                if (bundle.getState() != Bundle.ACTIVE && !(fragment && bundle.getState() == Bundle.RESOLVED)) {
                    wrong.put(feature + " " + bundle, "state " + bundle.getState() + " after install");
                }
            }
            uninstall(EnumSet.of(Option.NoAutoRefreshBundles));
            Set<String> left = bundles();
            left.removeAll(bare);
            if (!left.isEmpty()) {
                wrong.put(feature, "left behind: " + left);
            }
        }
        assertEquals(Map.of(), wrong);
    }

    /**
     * Takes out all of ours. Felix's HTTP bundle may fail to stop: the end of its configuration makes it stop on another thread
     * at the same time, and both go through one list ({@code WhiteboardManager.stop}). Asked again, it is gone.
     */
    private void uninstall(EnumSet<Option> options) throws Exception {
        try {
            features.uninstallFeatures(installed(), options);
        } catch (ConcurrentModificationException e) {
            features.uninstallFeatures(installed(), options);
        }
    }

    /** The features that were asked for, not those that came with them. */
    private Set<String> installed() throws Exception {
        Set<String> required = new TreeSet<>();
        for (Feature feature : features.listRequiredFeatures()) {
            if (feature.getName().startsWith("vinestock")) {
                required.add(feature.getId());
            }
        }
        return required;
    }

    private Set<String> bundles() {
        return Stream.of(context.getBundles())
                .filter(bundle -> !bundle.getSymbolicName().startsWith("PAXEXAM"))
                .map(Bundle::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
