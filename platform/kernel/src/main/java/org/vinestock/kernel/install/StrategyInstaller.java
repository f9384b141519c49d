package org.vinestock.kernel.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.time.Scheduler;

/**
 * Takes strategies from {@code deploy/}: is told when a file comes, changes or goes, and has each looked at by an {@link
 * Admission}, one at a time, so that it is clear whose fault it is if the process dies.
 *
 * <p>A jar is copied under its name and digest and installed from the copy, under a symbolic name of its own: so two
 * versions live side by side, nothing of ours is ever updated by a dropped jar, and a file that is overwritten adds a
 * version. Its bundle is started for this process only; the next one looks at the file again, behind the start marker.
 */
public final class StrategyInstaller implements DeployFolder.Listener {
    /** How long start and contract of a jar may take together. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(StrategyInstaller.class);

    private final Installation site;
    private final boolean safe;
    /** Owned by the monitor, as are the next three. */
    private final Queue<Admission> waiting = new ArrayDeque<>();

    private @Nullable Admission current;
    private boolean listed;
    private boolean settled;
    private volatile boolean closed;

    /**
     * Makes one that has taken nothing yet.
     *
     * @param state the directory for copies and markers
     * @param safe whether plugins are left alone
     */
    public StrategyInstaller(
            BundleContext platform, DecisionKernel kernel, Scheduler scheduler, Path state, boolean safe)
            throws IOException {
        this.safe = safe;
        Bundle framework = platform.getBundle(0);
        Instant began = scheduler.instant();
        site = new Installation(
                platform,
                kernel,
                scheduler,
                scheduler.lane("plugins"),
                new Plugins(),
                new Copies(state.resolve("plugins")),
                new Deaths(kernel.keeper(), scheduler, new RunningCalls(state.resolve("calls"))),
                began,
                scheduler.nanoTime(),
                () -> closed || framework.getState() == Bundle.STOPPING);
    }

    /** Uninstalls what a former process left. */
    public void sweep() {
        for (Bundle bundle : site.platform().getBundles()) {
            if (bundle.getLocation().startsWith(Installation.LOCATION)) {
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
        // What comes after the first list has come now, whatever the clock says, which may have been set back since.
        boolean now = wasListed()
                || Files.getLastModifiedTime(file).toMillis() >= site.began().toEpochMilli();
        String name = String.valueOf(file.getFileName());
        String digest = PluginJar.digest(bytes);
        if (safe) {
            String message = name + ": not started, because the platform was started with --safe";
            LOG.warn(message);
            site.kernel().verdicts().reached(name, digest, message, false);
            return;
        }
        take(name, bytes, digest, now);
        if (!now) {
            takeFormer(name, digest);
        }
    }

    @Override
    public void gone(String name) {
        List<Plugin> gone = site.plugins().take(name);
        site.kernel().verdicts().forget(name);
        site.kernel().alarms().clear(name, "plugin-refused");
        for (Plugin plugin : gone) {
            plugin.end("its file " + name + " was taken out of deploy/");
            forget(plugin.jar());
        }
    }

    @Override
    public void listed() {
        synchronized (this) {
            listed = true;
        }
        next(null);
    }

    private synchronized boolean wasListed() {
        return listed;
    }

    private void forget(PluginJar jar) {
        site.deaths().survived(jar.shortDigest());
        site.keeper().keep(Installation.PLUGIN, jar.digest(), "", "its file was taken away", Installation.BY);
        try {
            site.copies().delete(jar.name(), jar.digest());
        } catch (IOException e) {
            LOG.warn("the copy of {} stays: {}", jar.name(), e.toString());
        }
    }

    /** Versions of a file that were overwritten and are still used. */
    private void takeFormer(String name, String newest) throws IOException {
        for (Kept kept : site.keeper().former()) {
            if (kept.what().equals(Installation.PLUGIN)
                    && kept.value().equals(name)
                    && !kept.key().equals(newest)) {
                Path copy = site.copies().of(name, kept.key());
                if (used(kept.key().substring(0, 12)) && Files.exists(copy)) {
                    take(name, Files.readAllBytes(copy), kept.key(), false);
                } else {
                    site.copies().delete(name, kept.key());
                    site.keeper()
                            .keep(
                                    Installation.PLUGIN,
                                    kept.key(),
                                    "",
                                    "overwritten, and not used any more",
                                    Installation.BY);
                }
            }
        }
    }

    private boolean used(String digest) {
        for (List<Standing> point : site.kernel().roster().standings().values()) {
            for (Standing standing : point) {
                if (standing.ref().digest().equals(digest) && standing.kept().called()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void take(String name, byte[] bytes, String digest, boolean now) {
        Plugin known = site.plugins().find(name, digest);
        if (known != null) {
            if (now) {
                site.kernel().verdicts().reached(name, digest, known.wantedAgain(), true);
            }
            return;
        }
        synchronized (this) {
            waiting.add(new Admission(site, name, bytes, digest, now, this::next));
        }
        next(null);
    }

    /** Has the next one looked at if {@code done} is the one that was. */
    private synchronized void next(@Nullable Admission done) {
        if (current == done) {
            current = waiting.poll();
            if (current != null) {
                current.start();
            } else if (listed && !settled) {
                settled = true;
                site.kernel().roster().settled();
            }
        }
    }

    /** Tells the plugin whose service it is. */
    public void serviceChanged(ServiceEvent event) {
        site.plugins().all().forEach(plugin -> plugin.serviceChanged(event));
    }

    /** Lets all plugins go; their states stay as they are. */
    public void close() {
        closed = true;
        for (Plugin plugin : site.plugins().all()) {
            site.plugins().remove(plugin);
            plugin.end(null);
        }
        site.deaths().close();
    }
}
