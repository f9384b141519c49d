package org.vinestock.placement.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Rows;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.Kind;

/**
 * A copy of a {@link PlacementSite}. {@code log} holds the changes of every revision after {@code logFrom}. What is derived
 * is kept, and made from the snapshot before if that is known, so that contracts try updates too.
 */
final class HandMadeSnapshot implements Snapshot {
    private final long revision;
    private final Hosts hosts;
    private final SortedMap<String, SortedMap<String, Record>> tables;
    private final SortedMap<String, SortedMap<String, Long>> putAt;
    private final long logFrom;
    private final List<Change> log;
    private @Nullable HandMadeSnapshot before;
    private final List<Derivation<?>> derivations = new ArrayList<>();
    private final List<Object> derived = new ArrayList<>();

    HandMadeSnapshot(
            long revision,
            Hosts hosts,
            SortedMap<String, SortedMap<String, Record>> tables,
            SortedMap<String, SortedMap<String, Long>> putAt,
            long logFrom,
            List<Change> log,
            @Nullable HandMadeSnapshot before) {
        this.revision = revision;
        this.hosts = hosts;
        this.tables = tables;
        this.putAt = putAt;
        this.logFrom = logFrom;
        this.log = log;
        this.before = before;
    }

    @Override
    public SnapshotRef ref() {
        return new SnapshotRef(revision, 0);
    }

    @Override
    public Hosts hosts() {
        return hosts;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends Record> Rows<T> rows(Kind<T> kind) {
        SortedMap<String, Record> table = tables.getOrDefault(kind.name(), new TreeMap<>());
        return new HandMadeRows<>(
                (SortedMap<String, T>) (SortedMap<?, ?>) table, putAt.getOrDefault(kind.name(), new TreeMap<>()));
    }

    @Override
    public Optional<List<Change>> changesSince(long since) {
        return since < logFrom || since > revision
                ? Optional.empty()
                : Optional.of(log.subList((int) (since - logFrom), log.size()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <D> D derive(Derivation<D> derivation) {
        int known = derivations.indexOf(derivation);
        if (known >= 0) {
            return (D) derived.get(known);
        }
        HandMadeSnapshot earlier = before;
        Optional<List<Change>> changes = earlier == null || !earlier.derivations.contains(derivation)
                ? Optional.empty()
                : changesSince(earlier.revision);
        D made = earlier == null || changes.isEmpty()
                ? derivation.build(this)
                : derivation.update(earlier.derive(derivation), earlier, this, changes.get());
        derivations.add(derivation);
        derived.add(made);
        before = null;
        return made;
    }
}
