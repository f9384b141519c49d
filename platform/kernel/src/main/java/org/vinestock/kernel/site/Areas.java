package org.vinestock.kernel.site;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.vinestock.area.Area;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Kept;

/**
 * The areas that are there. Of two providers of one area the first stays, unless a person has chosen another, which is
 * kept across restarts; when the one in use leaves, the next one takes its place. What cannot be built or registered is
 * left out with its reason.
 *
 * <p>Changes are guarded by this; {@link #installed} may be read by any thread.
 */
final class Areas {
    private static final Logger LOG = LoggerFactory.getLogger(Areas.class);
    private static final String AREA = "area";

    private final Function<Area, InstalledArea> install;
    private final Map<String, List<Provider>> providers = new LinkedHashMap<>();
    private final SortedMap<String, String> failures = new TreeMap<>();
    private final SortedMap<String, String> chosen = new TreeMap<>();
    private final Keeper keeper;
    private final boolean simulated;
    private final ConcurrentNavigableMap<String, InstalledArea> installed = new ConcurrentSkipListMap<>();
    private boolean closed;

    /**
     * Makes one without areas.
     *
     * @param install builds and registers one, or throws and leaves nothing behind
     * @param keeper keeps which providers were chosen
     * @param simulated whether what comes and goes here is of no interest to whoever reads the live site's log
     */
    Areas(Function<Area, InstalledArea> install, Keeper keeper, boolean simulated) {
        this.install = install;
        this.keeper = keeper;
        this.simulated = simulated;
        for (Kept kept : keeper.former()) {
            if (kept.what().equals(AREA)) {
                chosen.put(kept.key(), kept.value());
            }
        }
    }

    synchronized void add(Provider provider) {
        if (closed) {
            return;
        }
        Area area = provider.area();
        List<Provider> same = providers.computeIfAbsent(area.name(), any -> new ArrayList<>());
        same.add(provider);
        InstalledArea first = installed.get(area.name());
        if (first == null) {
            installNext(area.name());
        } else if (nameOf(area).equals(chosen.get(area.name()))) {
            replace(first, area);
        } else {
            LOG.warn(
                    "{}: a second provider, {}, waits; {} stays until it leaves, or until area:use {}",
                    area.name(),
                    nameOf(area),
                    nameOf(first.area()),
                    area.name());
        }
    }

    synchronized void remove(Area area) {
        List<Provider> same = providers.get(area.name());
        if (same == null || !same.removeIf(each -> each.area() == area)) {
            return;
        }
        InstalledArea leaving = installed.get(area.name());
        if (leaving != null && leaving.area() == area) {
            installed.remove(area.name());
            leaving.close();
            tell("{} has left", area.name());
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

    private void tell(String format, Object... values) {
        LOG.atLevel(simulated ? Level.DEBUG : Level.INFO).log(format, values);
    }

    private List<Area> areasOf(String name) {
        return providers.getOrDefault(name, List.of()).stream()
                .map(Provider::area)
                .toList();
    }

    private void installNext(String name) {
        List<Area> inTurn = new ArrayList<>(areasOf(name));
        inTurn.sort(Comparator.comparing(area -> !nameOf(area).equals(chosen.get(name))));
        installFirst(name, inTurn);
    }

    private void installFirst(String name, List<Area> inTurn) {
        for (Area area : inTurn) {
            try {
                installed.put(name, install.apply(area));
                failures.remove(name);
                tell("{} is there, provided by {}", name, nameOf(area));
                return;
            } catch (RuntimeException | LinkageError e) {
                failures.put(name, String.valueOf(e.getMessage() == null ? e : e.getMessage()));
                LOG.error("{}: {} cannot be installed", name, nameOf(area), e);
            }
        }
    }

    /**
     * Puts another provider of an area into use and keeps the choice. What the area was doing is taken back as if its
     * provider had left; its tasks are parked and go on with the new one.
     *
     * @throws IllegalArgumentException if that provider is not there, or cannot be installed; the former one stays then
     */
    CompletionStage<Void> use(String name, String provider, String by) {
        Area area;
        synchronized (this) {
            area = find(name, provider);
            InstalledArea former = installed.get(name);
            if (former == null || former.area() != area) {
                replace(former, area);
            }
            if (failures.containsKey(name)) {
                throw new IllegalArgumentException(
                        name + ": " + provider + " cannot be installed: " + failures.remove(name));
            }
            chosen.put(name, nameOf(area));
        }
        return keeper.keep(AREA, name, nameOf(area), "a person chose it", by);
    }

    /**
     * Finds what {@link #use} would put into use; if {@code provider} is empty, the one that waits longest.
     *
     * @throws IllegalArgumentException naming what there is
     */
    synchronized Area find(String name, String provider) {
        List<Area> same = areasOf(name);
        if (same.isEmpty()) {
            throw new IllegalArgumentException("area: no provider of \"" + name + "\" is installed; accepted: "
                    + String.join(", ", new TreeMap<>(providers).keySet()));
        }
        InstalledArea used = installed.get(name);
        for (Area area : same) {
            boolean waits = used == null || used.area() != area;
            if (provider.isEmpty() ? waits : nameOf(area).equals(provider)) {
                return area;
            }
        }
        String names = String.join(", ", same.stream().map(this::nameOf).toList());
        throw new IllegalArgumentException(
                provider.isEmpty()
                        ? "area: " + name + " has no other provider than " + names
                        : "provider: \"" + provider + "\" does not provide " + name + "; accepted: " + names);
    }

    /** Installs {@code area} in the place of {@code former}, which comes back if that fails. */
    private void replace(@Nullable InstalledArea former, Area area) {
        String name = area.name();
        if (former != null) {
            installed.remove(name);
            former.close();
        }
        failures.remove(name);
        installFirst(name, List.of(area));
        String failure = failures.get(name);
        if (failure != null && former != null) {
            installFirst(name, List.of(former.area()));
            failures.put(name, failure);
        }
    }

    /** The name of a provider: its bundle's, with the version if another version of it is there, too. */
    synchronized String nameOf(Area area) {
        Provider provider = Provider.of(area);
        boolean alone = true;
        for (Provider each : providers.getOrDefault(area.name(), List.of())) {
            provider = each.area() == area ? each : provider;
        }
        for (Provider each : providers.getOrDefault(area.name(), List.of())) {
            alone &= !each.bundle().equals(provider.bundle()) || each.version().equals(provider.version());
        }
        return alone ? provider.bundle() : provider.bundle() + "/" + provider.version();
    }

    /** The areas that are there, by name. */
    ConcurrentNavigableMap<String, InstalledArea> installed() {
        return installed;
    }

    /** The providers that are known by area, in the order of their arrival; none for an area that has left. */
    synchronized SortedMap<String, List<Provider>> providers() {
        SortedMap<String, List<Provider>> copy = new TreeMap<>();
        providers.forEach((name, same) -> copy.put(name, List.copyOf(same)));
        return copy;
    }

    /** Why no provider of an area could be installed; null if there is nothing to say. */
    synchronized @Nullable String failure(String name) {
        return failures.get(name);
    }
}
