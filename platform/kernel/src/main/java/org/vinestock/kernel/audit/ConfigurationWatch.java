package org.vinestock.kernel.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.audit.Audit;
import org.vinestock.audit.Deed;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Codec;

/**
 * Tells the audit of configurations that change, also while the platform was not running. What it has seen is kept in the
 * journal; the first time it only looks. Owned by its lane.
 */
@Component(service = ConfigurationListener.class, immediate = true)
public final class ConfigurationWatch implements ConfigurationListener {
    /** The journal's stream; its keys are configurations. */
    static final String STREAM = "configuration";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);
    private static final int MOST = 10_000;
    /** What says where a configuration comes from, not what it is. */
    private static final List<String> ABOUT_ITSELF =
            List.of("service.pid", "service.factoryPid", "service.bundleLocation", "felix.fileinstall.filename");

    private final ConfigurationAdmin configurations;
    private final Audit audit;
    private final @Nullable Journal journal;
    private final Codec codec;
    private final Lane lane;
    private final SortedMap<String, SortedMap<String, String>> seen = new TreeMap<>();
    private boolean ready;

    /** What is remembered of a configuration: a short digest of each value. */
    record Seen(SortedMap<String, String> digests) {}

    /** Begins to look. */
    @Activate
    public ConfigurationWatch(
            @Reference ConfigurationAdmin configurations,
            @Reference Audit audit,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    Journal journal,
            @Reference Codec codec,
            @Reference Scheduler scheduler) {
        this.configurations = configurations;
        this.audit = audit;
        this.journal = journal;
        this.codec = codec;
        lane = scheduler.lane("configuration");
        if (journal == null) {
            lane.execute(() -> unlessGone(() -> begin(List.of())));
        } else {
            var unused = journal.read(STREAM, 0, MOST).thenAcceptAsync(lines -> unlessGone(() -> begin(lines)), lane);
        }
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        lane.execute(() -> {
            if (ready) {
                unlessGone(() -> look(event.getPid(), event.getType() == ConfigurationEvent.CM_DELETED, false));
            }
        });
    }

    /** The service may have gone before its turn came; whoever watches the next one looks at everything. */
    private void unlessGone(Runnable looking) {
        try {
            looking.run();
        } catch (IllegalStateException gone) {
            ready = false;
            LOG.debug("configurations are no longer looked at", gone);
        }
    }

    private void begin(List<Line> lines) {
        for (Line line : lines) {
            seen.put(line.key(), codec.read(line.text(), Seen.class).digests());
        }
        boolean first = seen.isEmpty();
        TreeMap<String, SortedMap<String, String>> gone = new TreeMap<>(seen);
        for (String pid : pids()) {
            gone.remove(pid);
            look(pid, false, first);
        }
        gone.keySet().forEach(pid -> look(pid, true, false));
        ready = true;
    }

    private List<String> pids() {
        try {
            Configuration @Nullable [] all = configurations.listConfigurations(null);
            return all == null
                    ? List.of()
                    : Arrays.stream(all).map(Configuration::getPid).sorted().toList();
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn("configurations cannot be read: {}", e.getMessage());
            return List.of();
        }
    }

    private void look(String pid, boolean deleted, boolean first) {
        if (pid.length() > 200) {
            return;
        }
        @Nullable SortedMap<String, String> now = deleted ? null : values(pid);
        Optional<Deed> deed = ConfigurationDeeds.of(pid, seen.get(pid), now);
        if (deed.isEmpty()) {
            return;
        }
        Entry kept = new Entry.Forget(STREAM, pid);
        if (now == null) {
            seen.remove(pid);
        } else {
            SortedMap<String, String> digests = ConfigurationDeeds.digests(now);
            seen.put(pid, digests);
            kept = new Entry.Replace(STREAM, pid, codec.write(new Seen(digests)));
        }
        if (journal != null) {
            journal.write(first ? List.of(kept) : List.of(kept, new Entry.Tell(deed.get())));
        } else if (!first) {
            audit.tell(deed.get());
        }
    }

    private SortedMap<String, String> values(String pid) {
        SortedMap<String, String> values = new TreeMap<>();
        try {
            Dictionary<String, Object> properties =
                    configurations.getConfiguration(pid, "?").getProperties();
            if (properties != null) {
                for (String key : Collections.list(properties.keys())) {
                    Object value = properties.get(key);
                    if (!ABOUT_ITSELF.contains(key)) {
                        values.put(key, value instanceof Object[] many ? Arrays.toString(many) : String.valueOf(value));
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("configuration {} cannot be read: {}", pid, e.getMessage());
        }
        return values;
    }
}
