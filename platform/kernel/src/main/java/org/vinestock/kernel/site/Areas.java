package org.vinestock.kernel.site;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Area;

/**
 * The areas that are there. Of two providers of one area the first stays; when it leaves, the next one takes its place.
 * What cannot be built or registered is left out with its reason.
 *
 * <p>Changes are guarded by this; {@link #installed} may be read by any thread.
 */
final class Areas {
    private static final Logger LOG = LoggerFactory.getLogger(Areas.class);

    private final Function<Area, InstalledArea> install;
    private final Map<String, List<Area>> providers = new LinkedHashMap<>();
    private final SortedMap<String, String> failures = new TreeMap<>();
    private final ConcurrentNavigableMap<String, InstalledArea> installed = new ConcurrentSkipListMap<>();
    private boolean closed;

    /** Makes one without areas; {@code install} builds and registers one, or throws and leaves nothing behind. */
    Areas(Function<Area, InstalledArea> install) {
        this.install = install;
    }

    synchronized void add(Area area) {
        if (closed) {
            return;
        }
        List<Area> same = providers.computeIfAbsent(area.name(), any -> new ArrayList<>());
        same.add(area);
        InstalledArea first = installed.get(area.name());
        if (first == null) {
            installNext(area.name());
        } else {
            LOG.warn(
                    "{}: a second provider, {}, waits; {} stays until it leaves",
                    area.name(),
                    area.getClass().getName(),
                    first.area().getClass().getName());
        }
    }

    synchronized void remove(Area area) {
        List<Area> same = providers.get(area.name());
        if (same == null || !same.removeIf(each -> each == area)) {
            return;
        }
        InstalledArea leaving = installed.get(area.name());
        if (leaving != null && leaving.area() == area) {
            installed.remove(area.name());
            leaving.close();
            LOG.info("{} has left", area.name());
        }
        if (!installed.containsKey(area.name())) {
            failures.remove(area.name());
            installNext(area.name());
        }
    }

    /** Closes all, the last one first. */
    synchronized void close() {
        closed = true;
        List<String> names = new ArrayList<>(providers.keySet());
        Collections.reverse(names);
        for (String name : names) {
            InstalledArea leaving = installed.remove(name);
            if (leaving != null) {
                leaving.close();
            }
        }
        providers.clear();
    }

    private void installNext(String name) {
        for (Area area : providers.getOrDefault(name, List.of())) {
            try {
                installed.put(name, install.apply(area));
                failures.remove(name);
                LOG.info("{} is there, provided by {}", name, area.getClass().getName());
                return;
            } catch (RuntimeException | LinkageError e) {
                failures.put(name, String.valueOf(e.getMessage() == null ? e : e.getMessage()));
                LOG.error("{}: {} cannot be installed", name, area.getClass().getName(), e);
            }
        }
    }

    /** The areas that are there, by name. */
    ConcurrentNavigableMap<String, InstalledArea> installed() {
        return installed;
    }

    /** The providers that are known by area, in the order of their arrival; none for an area that has left. */
    synchronized SortedMap<String, List<Area>> providers() {
        SortedMap<String, List<Area>> copy = new TreeMap<>();
        providers.forEach((name, same) -> copy.put(name, List.copyOf(same)));
        return copy;
    }

    /** Why no provider of an area could be installed; null if there is nothing to say. */
    synchronized @Nullable String failure(String name) {
        return failures.get(name);
    }
}
