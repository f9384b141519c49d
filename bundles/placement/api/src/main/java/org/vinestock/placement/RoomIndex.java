package org.vinestock.placement;

import java.util.List;
import java.util.function.IntToLongFunction;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.placement.rule.RowBits;

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
        long cores = 0;
        long bytes = 0;
        for (int row = 0; row < end; row++) {
            cores = Math.max(cores, hosts.millicores(row));
            bytes = Math.max(bytes, hosts.memory(row));
            accepting[row >> SHIFT] |= hosts.accepts(row) ? 1L << row : 0;
        }
        largestMillicores = cores;
        largestMemory = bytes;
        millicores = Levels.of(end, chunks, cores, hosts::freeMillicores);
        memory = Levels.of(end, chunks, bytes, hosts::freeMemory);
        millicoresByChunk = new Bounds(end, hosts::millicores, hosts::freeMillicores);
        memoryByChunk = new Bounds(end, hosts::memory, hosts::freeMemory);
    }

    private RoomIndex(
            RoomIndex other, long[] accepting, Levels millicores, Levels memory, Bounds ofCores, Bounds ofMemory) {
        end = other.end;
        largestMillicores = other.largestMillicores;
        largestMemory = other.largestMemory;
        this.accepting = accepting;
        this.millicores = millicores;
        this.memory = memory;
        millicoresByChunk = ofCores;
        memoryByChunk = ofMemory;
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
        Bounds ofCores = new Bounds(millicoresByChunk);
        Bounds ofMemory = new Bounds(memoryByChunk);
        long[] accepted = accepting;
        for (int row = first; row < end; row = now.nextChanged(earlier, row + 1)) {
            if (now.millicores(row) > largestMillicores || now.memory(row) > largestMemory) {
                return new RoomIndex(now);
            }
            cores.move(row, earlier.freeMillicores(row), now.freeMillicores(row));
            bytes.move(row, earlier.freeMemory(row), now.freeMemory(row));
            ofCores.changed(
                    row,
                    end,
                    earlier.millicores(row),
                    earlier.freeMillicores(row),
                    now::millicores,
                    now::freeMillicores);
            ofMemory.changed(row, end, earlier.memory(row), earlier.freeMemory(row), now::memory, now::freeMemory);
            long bit = 1L << row;
            if (now.accepts(row) != ((accepted[row >> SHIFT] & bit) != 0)) {
                accepted = accepted == accepting ? accepting.clone() : accepted;
                accepted[row >> SHIFT] ^= bit;
            }
        }
        return new RoomIndex(this, accepted, cores.done(), bytes.done(), ofCores, ofMemory);
    }

    /** How many chunks there are. */
    public int chunks() {
        return accepting.length;
    }

    /** Keeps of some rows, by chunk, those whose hosts take new VMs: up, and not in maintenance. */
    void keepAccepting(long[] rows) {
        RowBits.keep(rows, accepting);
    }

    /** Keeps of some rows, by chunk, those with at least so much free of both; {@code hosts} are those of the snapshot. */
    void keepAtLeast(long[] rows, long cores, long bytes, Hosts hosts) {
        millicores.keepAtLeast(rows, cores, hosts::freeMillicores);
        memory.keepAtLeast(rows, bytes, hosts::freeMemory);
    }

    /** Those of some rows whose hosts have at most so much free of both, and some that have a little more. */
    public RowSet aboutAtMost(long cores, long bytes, RowSet of) {
        long[] rows = of.copy();
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

    /** Ranges by chunk; written only while an index is made, to copies of what it shares with the one before. */
    private static final class Bounds {
        private long[] smallest;
        private long[] mostFree;
        private boolean ownsSmallest;
        private boolean ownsMostFree;

        Bounds(int end, IntToLongFunction size, IntToLongFunction free) {
            smallest = new long[RoomIndex.chunks(end)];
            mostFree = new long[smallest.length];
            ownsSmallest = true;
            ownsMostFree = true;
            for (int chunk = 0; chunk < smallest.length; chunk++) {
                lookForSmallest(chunk, end, size);
                lookForMostFree(chunk, end, free);
            }
        }

        Bounds(Bounds other) {
            smallest = other.smallest;
            mostFree = other.mostFree;
        }

        /** Takes in that a row changed from a size and what was free of it. */
        void changed(
                int row, int end, long formerSize, long formerFree, IntToLongFunction size, IntToLongFunction free) {
            int chunk = row >> SHIFT;
            if (size.applyAsLong(row) != formerSize) {
                lookForSmallest(chunk, end, size);
            }
            if (free.applyAsLong(row) > mostFree[chunk]) {
                mostFree(chunk, free.applyAsLong(row));
            } else if (formerFree == mostFree[chunk]) {
                lookForMostFree(chunk, end, free);
            }
        }

        private void lookForSmallest(int chunk, int end, IntToLongFunction size) {
            long least = Long.MAX_VALUE;
            for (int row = chunk << SHIFT; row < Math.min(end, (chunk + 1) << SHIFT); row++) {
                least = Math.min(least, size.applyAsLong(row));
            }
            if (!ownsSmallest) {
                ownsSmallest = true;
                smallest = smallest.clone();
            }
            smallest[chunk] = least;
        }

        private void lookForMostFree(int chunk, int end, IntToLongFunction free) {
            long most = Long.MIN_VALUE;
            for (int row = chunk << SHIFT; row < Math.min(end, (chunk + 1) << SHIFT); row++) {
                most = Math.max(most, free.applyAsLong(row));
            }
            mostFree(chunk, most);
        }

        private void mostFree(int chunk, long most) {
            if (!ownsMostFree) {
                ownsMostFree = true;
                mostFree = mostFree.clone();
            }
            mostFree[chunk] = most;
        }

        Range range(int chunk) {
            return new Range(smallest[chunk], mostFree[chunk]);
        }
    }
}
