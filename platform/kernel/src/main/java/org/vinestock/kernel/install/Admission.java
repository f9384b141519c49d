package org.vinestock.kernel.install;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.time.Cancellable;

/**
 * One file being looked at, on a thread of its own, until its verdict or its time limit. A thread that does not return is
 * left alone; what it brings later is dropped.
 */
final class Admission implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Installation site;
    private final String name;
    private final byte[] bytes;
    private final String digest;
    private final boolean now;
    private final Consumer<Admission> done;
    private boolean over;
    private @Nullable Cancellable limit;
    private volatile @Nullable Plugin plugin;

    /**
     * Makes one.
     *
     * @param now whether a person has just handed the file over, as opposed to one that was found at the start
     * @param done is told once or twice that the next file may be looked at
     */
    Admission(Installation site, String name, byte[] bytes, String digest, boolean now, Consumer<Admission> done) {
        this.site = site;
        this.name = name;
        this.bytes = bytes;
        this.digest = digest;
        this.now = now;
        this.done = done;
    }

    /** Begins. */
    synchronized void start() {
        Thread thread = new Thread(this, "vinestock-plugin-" + name);
        thread.setDaemon(true);
        limit = site.scheduler().after(StrategyInstaller.LIMIT, site.lane(), () -> giveUp(thread));
        thread.start();
    }

    private void giveUp(Thread thread) {
        if (!end()) {
            return;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        Plugin stuck = plugin;
        List<StrategyRef> found = List.of();
        if (stuck != null) {
            found = stuck.strategies();
            stuck.abandon();
            site.plugins().remove(stuck);
            site.deaths().survived(stuck.jar().shortDigest());
        }
        thread.interrupt();
        refused(new Refused(
                name + ": start and contract did not end within " + StrategyInstaller.LIMIT.toSeconds()
                        + " s; it is in " + (stack.length == 0 ? "no code any more" : stack[0]),
                found,
                null));
        done.accept(this);
    }

    /** Ends it; true for whoever is first, and has the verdict to give. */
    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        if (first && limit != null) {
            limit.cancel();
        }
        return first;
    }

    @Override
    public void run() {
        try {
            look();
        } finally {
            done.accept(this);
        }
    }

    private void look() {
        try {
            Plugin admitted = admit();
            if (site.stopping().getAsBoolean() || !end()) {
                dismiss(admitted);
                return;
            }
            String message = admitted.letIn(now);
            site.deaths().started(admitted.jar().shortDigest());
            LOG.info("{}: {}", name, message);
            site.kernel().alarms().clear(name, "plugin-refused");
            site.kernel().verdicts().reached(name, digest, message, true);
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

    /** Brings it up and runs its contract. */
    private Plugin admit() throws Refused, IOException, BundleException {
        PluginJar read = PluginJar.read(name, bytes);
        PluginJar jar = new PluginJar(name, bytes, digest, read.manifest());
        String brief = jar.shortDigest();
        checkNames(jar);
        String twin = site.plugins().fileOf(digest);
        if (twin != null) {
            throw new Refused(name + ": it has the same bytes as " + twin + ", which is there already");
        }
        if (now) {
            site.deaths().forgive(brief);
        }
        String heldBack = site.deaths().heldBack(brief);
        if (!heldBack.isEmpty()) {
            holdBack(brief, heldBack);
            throw new Refused(name + ": held back, because " + heldBack
                    + "; hand over a repaired version, or the same again to have it tried");
        }
        site.copies().write(jar);
        site.keeper().keep(Installation.PLUGIN, digest, name, "", Installation.BY);
        site.deaths().starting(brief, name);
        Plugin made = new Plugin(jar, site);
        plugin = made;
        site.plugins().put(made);
        try {
            String location = Installation.LOCATION + digest;
            Bundle former = site.platform().getBundle(location);
            if (former != null) {
                former.uninstall();
            }
            made.start(site.platform().installBundle(location, new ByteArrayInputStream(jar.renamed())));
            made.find();
            made.check();
            return made;
        } catch (Refused | RuntimeException | LinkageError | BundleException e) {
            dismiss(made);
            throw e;
        }
    }

    private void dismiss(Plugin made) {
        site.plugins().remove(made);
        site.deaths().survived(made.jar().shortDigest());
        try {
            made.end(null);
        } catch (IllegalStateException e) {
            LOG.debug("{} was not taken out: the platform is going", name, e);
        }
    }

    private void holdBack(String brief, String because) {
        for (List<Standing> point : site.kernel().roster().standings().values()) {
            for (Standing standing : point) {
                if (standing.ref().digest().equals(brief)) {
                    site.kernel().roster().holdBack(standing.ref(), because);
                }
            }
        }
    }

    private void checkNames(PluginJar jar) throws Refused {
        for (Bundle bundle : site.platform().getBundles()) {
            if (!bundle.getLocation().startsWith(Installation.LOCATION)
                    && jar.symbolicName().equals(bundle.getSymbolicName())) {
                throw new Refused(name + ": its symbolic name " + jar.symbolicName() + " is that of bundle "
                        + bundle.getBundleId() + " of the platform; give it a name of its own");
            }
        }
    }

    private void refused(Refused refused) {
        if (site.stopping().getAsBoolean()) {
            LOG.info("{} was not looked at to the end, because the platform stops; the next start does", name);
            return;
        }
        String message = String.valueOf(refused.getMessage());
        LOG.warn("REFUSED {}", message);
        for (StrategyRef ref : refused.strategies()) {
            site.kernel().roster().refuse(ref, refused.report(), message);
        }
        site.kernel().alarms().raise(name, "plugin-refused", message);
        String said = message.contains("REFUSED") ? message : name + " -> REFUSED" + message.substring(name.length());
        site.kernel().verdicts().reached(name, digest, said, false);
    }
}
