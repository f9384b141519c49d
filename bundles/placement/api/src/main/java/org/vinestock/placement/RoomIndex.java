package org.vinestock.placement;

import java.util.List;
import java.util.function.IntToLongFunction;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;

/**
 * Which hosts of a snapshot have how much room, all at once: bit {@code n} of chunk {@code c} of a result belongs to row
 * {@code c * 64 + n}. Immutable; a change of one host costs some microseconds at 10,000 hosts, a new host or a larger one
 * builds it anew.
 */
public final class RoomIndex {
    /** How many rows are in a chunk. */
    public static final int CHUNK = 64;

    private static final int SHIFT = 6;

    private static final Derivation<RoomIndex> DERIVATION = new Derivation<>() {
        @Override
        public RoomIndex build(Snapshot snapshot) {
            return new RoomIndex(snapshot.hosts());
        }

        @Override
        public RoomIndex update(RoomIndex before, Snapshot earlier, Snapshot now, List<Change> changes) {
            return before.after(earlier.hosts(), now.hosts());
        }
    };

    private final int end;
    private final long largestMillicores;
    private final long largestMemory;
    private final long[] accepting;
    private final Levels millicores;
    private final Levels memory;
    private final Bounds millicoresByChunk;
    private final Bounds memoryByChunk;

    private RoomIndex(Hosts hosts) {
        end = hosts.end();
        int chunks = chunks(end);
        accepting = new long[chunks];
        millicoresByChunk = new Bounds(chunks);
        memoryByChunk = new Bounds(chunks);
        long cores = 0;
        long bytes = 0;
        for (int row = 0; row < end; row++) {
            cores = Math.max(cores, hosts.millicores(row));
            bytes = Math.max(bytes, hosts.memory(row));
        }
        largestMillicores = cores;
        largestMemory = bytes;
        for (int chunk = 0; chunk < chunks; chunk++) {
            look(hosts, chunk);
        }
        millicores = Levels.of(end, chunks, cores, hosts::freeMillicores);
        memory = Levels.of(end, chunks, bytes, hosts::freeMemory);
    }

    private RoomIndex(RoomIndex other, Levels millicores, Levels memory) {
        end = other.end;
        largestMillicores = other.largestMillicores;
        largestMemory = other.largestMemory;
        accepting = other.accepting.clone();
        millicoresByChunk = new Bounds(other.millicoresByChunk);
        memoryByChunk = new Bounds(other.memoryByChunk);
        this.millicores = millicores;
        this.memory = memory;
    }

    /** The index of a snapshot. */
    public static RoomIndex of(Snapshot snapshot) {
        return snapshot.derive(DERIVATION);
    }

    private static int chunks(int end) {
        return (end + CHUNK - 1) >> SHIFT;
    }

    private RoomIndex after(Hosts earlier, Hosts now) {
        int first = now.nextChanged(earlier, 0);
        if (first >= now.end()) {
            return this;
        } else if (now.end() != end) {
            return new RoomIndex(now);
        }
        Levels.Editor cores = new Levels.Editor(millicores);
        Levels.Editor bytes = new Levels.Editor(memory);
        for (int row = first; row < end; row = now.nextChanged(earlier, row + 1)) {
            if (now.millicores(row) > largestMillicores || now.memory(row) > largestMemory) {
                return new RoomIndex(now);
            }
            cores.move(row, earlier.freeMillicores(row), now.freeMillicores(row));
            bytes.move(row, earlier.freeMemory(row), now.freeMemory(row));
        }
        RoomIndex next = new RoomIndex(this, cores.done(), bytes.done());
        for (int row = first; row < end; row = now.nextChanged(earlier, ((row >> SHIFT) + 1) << SHIFT)) {
            next.look(now, row >> SHIFT);
        }
        return next;
    }

    /** Only while it is made. */
    private void look(Hosts hosts, int chunk) {
        long accepted = 0;
        for (int row = chunk << SHIFT; row < Math.min(end, (chunk + 1) << SHIFT); row++) {
            accepted |= hosts.accepts(row) ? 1L << row : 0;
        }
        accepting[chunk] = accepted;
        millicoresByChunk.look(chunk, end, hosts::millicores, hosts::freeMillicores);
        memoryByChunk.look(chunk, end, hosts::memory, hosts::freeMemory);
    }

    /** How many chunks there are. */
    public int chunks() {
        return accepting.length;
    }

    /** The rows of a chunk whose hosts take new VMs: up, and not in maintenance. */
    public long accepting(int chunk) {
        return accepting[chunk];
    }

    /** By chunk, the rows whose hosts have at least so much free of both; {@code hosts} are those of the snapshot. */
    long[] atLeast(long cores, long bytes, Hosts hosts) {
        long[] rows = millicores.all();
        millicores.keepAtLeast(rows, cores, hosts::freeMillicores);
        memory.keepAtLeast(rows, bytes, hosts::freeMemory);
        return rows;
    }

    /** The rows whose hosts have at most so much free of both, and some that have a little more. */
    public RowSet aboutAtMost(long cores, long bytes) {
        long[] rows = millicores.all();
        millicores.keepAboutAtMost(rows, cores);
        memory.keepAboutAtMost(rows, bytes);
        return new RowSet(rows);
    }

    /** The most CPU that a host offers, or offered since hosts came last, in thousandths of a core. */
    public long largestMillicores() {
        return largestMillicores;
    }

    /** The most memory, in bytes. */
    public long largestMemory() {
        return largestMemory;
    }

    /** What the hosts of a chunk have of CPU, in thousandths of a core. */
    public Range millicores(int chunk) {
        return millicoresByChunk.range(chunk);
    }

    /** What the hosts of a chunk have of memory, in bytes. */
    public Range memory(int chunk) {
        return memoryByChunk.range(chunk);
    }

    /**
     * Bounds of one resource over the hosts of a chunk.
     *
     * @param smallest what the smallest host offers
     * @param mostFree the most that is free on one
     */
    public record Range(long smallest, long mostFree) {}

    /** Ranges by chunk. */
    private static final class Bounds {
        private final long[] smallest;
        private final long[] mostFree;

        Bounds(int chunks) {
            smallest = new long[chunks];
            mostFree = new long[chunks];
        }

        Bounds(Bounds other) {
            smallest = other.smallest.clone();
            mostFree = other.mostFree.clone();
        }

        void look(int chunk, int end, IntToLongFunction size, IntToLongFunction free) {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (int row = chunk << SHIFT; row < Math.min(end, (chunk + 1) << SHIFT); row++) {
                least = Math.min(least, size.applyAsLong(row));
                most = Math.max(most, free.applyAsLong(row));
            }
            smallest[chunk] = least;
            mostFree[chunk] = most;
        }

        Range range(int chunk) {
            return new Range(smallest[chunk], mostFree[chunk]);
        }
    }
}
