package org.vinestock.kernel.install;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Takes strategies from {@code deploy/}: is told when a file comes, changes or goes, and looks at each on a thread of its
 * own, so that one that does not return holds up nobody.
 *
 * <p>A jar is copied under its name and digest and installed from the copy, under a symbolic name of its own: so two
 * versions live side by side, nothing of ours is ever updated by a dropped jar, and a file that is overwritten adds a
 * version. Its bundle is started for this process only; the next one looks at the file again, behind the start marker.
 */
public final class StrategyInstaller implements DeployFolder.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(StrategyInstaller.class);
    private static final String LOCATION = "vinestock-plugin:";
    private static final String PLUGIN = "plugin";
    private static final String BY = "vinestock";

    /** How long start and contract of a jar may take together. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final BundleContext platform;
    private final DecisionKernel kernel;
    private final Scheduler scheduler;
    private final Lane lane;
    private final Path copies;
    private final boolean safe;
    private final Deaths deaths;
    private final Instant began;
    /** By file name and then by digest; owned by the monitor. */
    private final Map<String, Map<String, Plugin>> plugins = new TreeMap<>();

    private final Queue<Arrival> waiting = new ArrayDeque<>();
    private @Nullable Arrival current;

    /**
     * Makes one that has taken nothing yet.
     *
     * @param state the directory for copies and markers
     * @param safe whether plugins are left alone
     */
    public StrategyInstaller(
            BundleContext platform, DecisionKernel kernel, Scheduler scheduler, Path state, boolean safe)
            throws IOException {
        this.platform = platform;
        this.kernel = kernel;
        this.scheduler = scheduler;
        this.safe = safe;
        lane = scheduler.lane("plugins");
        copies = Files.createDirectories(state.resolve("plugins"));
        deaths = new Deaths(kernel.keeper(), scheduler, new RunningCalls(state.resolve("calls")));
        began = scheduler.instant();
    }

    /** Uninstalls what a former process left. */
    public void sweep() {
        for (Bundle bundle : platform.getBundles()) {
            if (bundle.getLocation().startsWith(LOCATION)) {
                try {
                    bundle.uninstall();
                } catch (BundleException e) {
                    LOG.error("{} cannot be uninstalled", bundle.getLocation(), e);
                }
            }
        }
    }

    @Override
    public void came(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        boolean now = Files.getLastModifiedTime(file).toMillis() >= began.toEpochMilli();
        String name = String.valueOf(file.getFileName());
        String digest = PluginJar.digest(bytes);
        if (safe) {
            String message = name + ": not started, because the platform was started with --safe";
            LOG.warn(message);
            kernel.verdicts().reached(name, digest, message, false);
            return;
        }
        take(name, bytes, digest, now);
        if (!now) {
            takeFormer(name, digest);
        }
    }

    @Override
    public void gone(String name) {
        Map<String, Plugin> gone;
        synchronized (this) {
            gone = plugins.remove(name);
        }
        kernel.verdicts().forget(name);
        kernel.alarms().clear(name, "plugin-refused");
        if (gone != null) {
            gone.forEach((digest, plugin) -> {
                plugin.end(kernel.roster(), "its file " + name + " was taken out of deploy/");
                forget(plugin.jar());
            });
        }
    }

    private void forget(PluginJar jar) {
        deaths.survived(jar.shortDigest());
        deaths.calls().forget(jar.shortDigest());
        kernel.keeper().keep(PLUGIN, jar.digest(), "", "its file was taken away", BY);
        try {
            Files.deleteIfExists(copy(jar.name(), jar.digest()));
        } catch (IOException e) {
            LOG.warn("the copy of {} stays: {}", jar.name(), e.toString());
        }
    }

    private Path copy(String name, String digest) {
        String base = name.endsWith(".jar") ? name.substring(0, name.length() - 4) : name;
        return copies.resolve(base + "-" + digest.substring(0, 12) + ".jar");
    }

    /** Versions of a file that were overwritten and are still used. */
    private void takeFormer(String name, String newest) throws IOException {
        for (Kept kept : kernel.keeper().former()) {
            if (kept.what().equals(PLUGIN)
                    && kept.value().equals(name)
                    && !kept.key().equals(newest)) {
                Path copy = copy(name, kept.key());
                if (used(kept.key().substring(0, 12)) && Files.exists(copy)) {
                    take(name, Files.readAllBytes(copy), kept.key(), false);
                } else {
                    Files.deleteIfExists(copy);
                    kernel.keeper().keep(PLUGIN, kept.key(), "", "overwritten, and not used any more", BY);
                }
            }
        }
    }

    private boolean used(String digest) {
        for (List<Standing> point : kernel.roster().standings().values()) {
            for (Standing standing : point) {
                if (standing.ref().digest().equals(digest) && standing.kept().called()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void take(String name, byte[] bytes, String digest, boolean now) {
        synchronized (this) {
            Map<String, Plugin> ofFile = plugins.computeIfAbsent(name, file -> new TreeMap<>());
            Plugin known = ofFile.get(digest);
            if (known != null && !known.strategies().isEmpty()) {
                if (now) {
                    String message = known.wantedAgain();
                    kernel.verdicts().reached(name, digest, message, true);
                }
                return;
            }
            if (known != null) {
                ofFile.remove(digest);
            }
        }
        synchronized (this) {
            waiting.add(new Arrival(name, bytes, digest, now));
        }
        next(null);
    }

    /** The file in which these bytes were let in; null if they were not. */
    private synchronized @Nullable String fileOf(String digest) {
        for (Map.Entry<String, Map<String, Plugin>> file : plugins.entrySet()) {
            Plugin plugin = file.getValue().get(digest);
            if (plugin != null && !plugin.strategies().isEmpty()) {
                return file.getKey();
            }
        }
        return null;
    }

    /** Looks at the next one when {@code done} is: one at a time, so that it is clear whose fault it is if the process dies. */
    private synchronized void next(@Nullable Arrival done) {
        if (current == done) {
            current = waiting.poll();
            if (current != null) {
                Thread thread = new Thread(current, "vinestock-plugin-" + current.name);
                thread.setDaemon(true);
                current.limitedBy(thread);
                thread.start();
            }
        }
    }

    /** Tells the plugin whose service it is. */
    public void serviceChanged(ServiceEvent event) {
        List<Plugin> all = new ArrayList<>();
        synchronized (this) {
            plugins.values().forEach(ofFile -> all.addAll(ofFile.values()));
        }
        all.forEach(plugin -> plugin.serviceChanged(event));
    }

    /** Lets all plugins go; their states stay as they are. */
    public void close() {
        List<Plugin> all = new ArrayList<>();
        synchronized (this) {
            plugins.values().forEach(ofFile -> all.addAll(ofFile.values()));
            plugins.clear();
        }
        all.forEach(plugin -> plugin.end(kernel.roster(), null));
        deaths.close();
    }

    /** One file being looked at, on its own thread, until its verdict or its time limit. */
    private final class Arrival implements Runnable {
        private final String name;
        private final byte[] bytes;
        private final String digest;
        private final boolean now;
        private boolean over;
        private List<StrategyRef> found = List.of();

        Arrival(String name, byte[] bytes, String digest, boolean now) {
            this.name = name;
            this.bytes = bytes;
            this.digest = digest;
            this.now = now;
        }

        void limitedBy(Thread thread) {
            var unused = scheduler.after(LIMIT, lane, () -> {
                if (end()) {
                    StackTraceElement[] stack = thread.getStackTrace();
                    thread.interrupt();
                    refused(new Refused(
                            name + ": start and contract did not end within " + LIMIT.toSeconds() + " s; it is in "
                                    + (stack.length == 0 ? "no code any more" : stack[0]),
                            found,
                            null));
                    next(this);
                }
            });
        }

        private synchronized boolean end() {
            boolean first = !over;
            over = true;
            return first;
        }

        @Override
        public void run() {
            try {
                look();
            } finally {
                next(this);
            }
        }

        private void look() {
            try {
                String message = admit();
                if (end()) {
                    LOG.info("{}: {}", name, message);
                    kernel.alarms().clear(name, "plugin-refused");
                    kernel.verdicts().reached(name, digest, message, true);
                }
            } catch (Refused refused) {
                if (end()) {
                    refused(refused);
                }
            } catch (RuntimeException | LinkageError | IOException | BundleException e) {
                if (end()) {
                    refused(new Refused(name + ": it could not be installed: " + e));
                }
            }
        }

        private String admit() throws Refused, IOException, BundleException {
            PluginJar read = PluginJar.read(name, bytes);
            PluginJar jar = new PluginJar(name, bytes, digest, read.manifest());
            String brief = jar.shortDigest();
            checkNames(jar);
            String twin = fileOf(digest);
            if (twin != null) {
                throw new Refused(name + ": it has the same bytes as " + twin + ", which is there already");
            }
            if (now) {
                deaths.forgive(brief);
            }
            String heldBack = deaths.heldBack(brief);
            if (!heldBack.isEmpty()) {
                holdBack(brief, heldBack);
                throw new Refused(name + ": held back, because " + heldBack
                        + "; hand over a repaired version, or the same again to have it tried");
            }
            Path copy = copy(name, digest);
            Path half = copy.resolveSibling(copy.getFileName() + ".half");
            Files.write(half, bytes);
            Files.move(half, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            kernel.keeper().keep(PLUGIN, digest, name, "", BY);
            deaths.starting(brief, name);
            Plugin plugin =
                    new Plugin(jar, platform, kernel, scheduler, deaths.calls().mark(brief), began);
            synchronized (StrategyInstaller.this) {
                plugins.computeIfAbsent(name, file -> new TreeMap<>()).put(digest, plugin);
            }
            try {
                Bundle former = platform.getBundle(LOCATION + digest);
                if (former != null) {
                    former.uninstall();
                }
                plugin.start(platform.installBundle(LOCATION + digest, new ByteArrayInputStream(jar.renamed())));
                plugin.find();
                found = plugin.strategies();
                String message = plugin.letIn(now);
                deaths.started(brief);
                return message;
            } catch (Refused | RuntimeException | LinkageError | BundleException e) {
                plugin.end(kernel.roster(), null);
                deaths.survived(brief);
                throw e;
            }
        }

        private void holdBack(String brief, String because) {
            for (List<Standing> point : kernel.roster().standings().values()) {
                for (Standing standing : point) {
                    if (standing.ref().digest().equals(brief)) {
                        kernel.roster().holdBack(standing.ref(), because);
                    }
                }
            }
        }

        private void checkNames(PluginJar jar) throws Refused {
            for (Bundle bundle : platform.getBundles()) {
                if (!bundle.getLocation().startsWith(LOCATION)
                        && jar.symbolicName().equals(bundle.getSymbolicName())) {
                    throw new Refused(name + ": its symbolic name " + jar.symbolicName() + " is that of bundle "
                            + bundle.getBundleId() + " of the platform; give it a name of its own");
                }
            }
        }

        private void refused(Refused refused) {
            String message = String.valueOf(refused.getMessage());
            LOG.warn("REFUSED {}", message);
            for (StrategyRef ref : refused.strategies()) {
                kernel.roster().refuse(ref, refused.report(), message);
            }
            kernel.alarms().raise(name, "plugin-refused", message);
            String said =
                    message.contains("REFUSED") ? message : name + " -> REFUSED" + message.substring(name.length());
            kernel.verdicts().reached(name, digest, said, false);
        }
    }
}
