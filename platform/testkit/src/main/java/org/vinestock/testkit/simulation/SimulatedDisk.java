package org.vinestock.testkit.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vinestock.audit.AuditRow;
import org.vinestock.audit.Deed;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.journal.Line;
import org.vinestock.store.audit.Anchor;
import org.vinestock.store.audit.AuditChain;
import org.vinestock.store.memory.MemoryInventory;
import org.vinestock.store.write.Retention;

/**
 * What outlives a process in a simulation: the change sets, the journal's lines and the audit's rows that became durable, in
 * their order, and beside them the archives.
 */
public final class SimulatedDisk {
    private final int lost;
    private final List<Write> writes = new ArrayList<>();
    private final Map<String, List<Line>> archives = new TreeMap<>();

    /** Something that became durable. */
    sealed interface Write {
        /** One revision of the inventory. */
        record Changed(ChangeSet changes) implements Write {}

        /** A line of the journal; with {@code replaces} those about its key before it are gone. */
        record Added(String stream, Line line, boolean replaces) implements Write {}

        /** All lines of a stream about a key, up to a number, are gone. */
        record Forgotten(String stream, String key, long upTo) implements Write {}

        /** Something to be told to the audit. */
        record Told(Deed deed, Instant at) implements Write {}

        /** A row of the audit. */
        record Row(AuditRow row) implements Write {}
    }

    /** Makes an empty one that keeps what it acknowledged. */
    public SimulatedDisk() {
        this(0);
    }

    /**
     * Makes an empty one that is faulty: when the process dies it loses its last {@code lost} writes, though they were
     * acknowledged, as a disk does whose cache nobody flushes.
     */
    public SimulatedDisk(int lost) {
        this.lost = lost;
    }

    void add(Write write) {
        if (write instanceof Write.Told told) {
            AuditRow row = AuditChain.next(end(), told.at(), told.deed());
            writes.add(new Write.Row(row));
        } else {
            writes.add(write);
        }
    }

    private Anchor end() {
        for (int i = writes.size() - 1; i >= 0; i--) {
            if (writes.get(i) instanceof Write.Row last) {
                return new Anchor(last.row().number(), last.row().hash());
            }
        }
        return Anchor.NONE;
    }

    /** The rows of the audit, oldest first. */
    List<AuditRow> audit() {
        List<AuditRow> rows = new ArrayList<>();
        for (Write write : writes) {
            if (write instanceof Write.Row told) {
                rows.add(told.row());
            }
        }
        return rows;
    }

    /** The lines of an archive, in the order in which they became durable. */
    List<Line> archive(String stream) {
        return archives.computeIfAbsent(stream, any -> new ArrayList<>());
    }

    /** The process that wrote here has died. */
    void orphaned() {
        writes.subList(Math.max(0, writes.size() - lost), writes.size()).clear();
    }

    /** The inventory as a new process finds it. */
    MemoryInventory inventory() {
        MemoryInventory inventory = new MemoryInventory(Retention.USUAL);
        for (Write write : writes) {
            if (write instanceof Write.Changed changed) {
                inventory.commit(changed.changes());
            }
        }
        return inventory;
    }

    /** The lines of a stream, oldest first. */
    List<Line> lines(String stream) {
        List<Line> lines = new ArrayList<>();
        for (Write write : writes) {
            if (write instanceof Write.Added added && added.stream().equals(stream)) {
                if (added.replaces()) {
                    lines.removeIf(line -> line.key().equals(added.line().key()));
                }
                lines.add(added.line());
            } else if (write instanceof Write.Forgotten gone && gone.stream().equals(stream)) {
                lines.removeIf(line -> line.key().equals(gone.key()) && line.number() <= gone.upTo());
            }
        }
        return lines;
    }

    /** The number of the newest line. */
    long newestLine() {
        long newest = 0;
        for (Write write : writes) {
            if (write instanceof Write.Added added) {
                newest = Math.max(newest, added.line().number());
            }
        }
        return newest;
    }
}
