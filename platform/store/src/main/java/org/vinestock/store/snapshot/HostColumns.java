package org.vinestock.store.snapshot;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Hosts;
import org.vinestock.model.HostId;

/**
 * The hosts of one revision as columns, in chunks of {@value #CHUNK} rows. A change copies the columns that it writes of
 * one chunk and the array of chunks, some 2 KB at 10,000 hosts.
 */
final class HostColumns implements Hosts {
    static final int SHIFT = 6;
    static final int CHUNK = 1 << SHIFT;
    static final int MASK = CHUNK - 1;

    private static final Chunk[] NO_CHUNKS = {};

    private final HostIndex index;
    private final int end;
    private final Chunk[] chunks;
    private final Loads loads;

    HostColumns(HostIndex index) {
        this(index, 0, NO_CHUNKS, Loads.NONE);
    }

    private HostColumns(HostIndex index, int end, Chunk[] chunks, Loads loads) {
        this.index = index;
        this.end = end;
        this.chunks = chunks;
        this.loads = loads;
    }

    /** Returns the same columns with an index of their own. */
    HostColumns apart() {
        HostIndex own = new HostIndex();
        for (int row = 0; row < end; row++) {
            own.rowFor(index.id(row));
        }
        return new HostColumns(own, end, chunks, loads);
    }

    HostColumns with(Loads measured) {
        return new HostColumns(index, end, chunks, measured);
    }

    Loads measured(List<HostLoad> measured) {
        return loads.next(measured, index);
    }

    Loads loads() {
        return loads;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public int row(HostId id) {
        int row = index.row(id);
        return row < end ? row : -1;
    }

    @Override
    public HostId id(int row) {
        return index.id(Objects.checkIndex(row, end));
    }

    @Override
    public boolean accepts(int row) {
        return (chunk(row).accepts & (1L << row)) != 0;
    }

    @Override
    public long millicores(int row) {
        return chunk(row).millicores[row & MASK];
    }

    @Override
    public long memory(int row) {
        return chunk(row).memory[row & MASK];
    }

    @Override
    public long freeMillicores(int row) {
        return chunk(row).freeMillicores[row & MASK];
    }

    @Override
    public long freeMemory(int row) {
        return chunk(row).freeMemory[row & MASK];
    }

    @Override
    public double load(int row) {
        return loads.share(Objects.checkIndex(row, end));
    }

    @Override
    public int nextChanged(Hosts earlier, int row) {
        if (!(earlier instanceof HostColumns other)) {
            return Hosts.super.nextChanged(earlier, row);
        }
        int both = Math.min(end, other.end);
        for (int at = row; at < both; at = ((at >> SHIFT) + 1) << SHIFT) {
            int number = at >> SHIFT;
            if (chunks[number] != other.chunks[number]) {
                int changed = chunks[number].nextChanged(other.chunks[number], at & MASK);
                if (changed < CHUNK) {
                    return Math.min((number << SHIFT) + changed, both);
                }
            }
        }
        return Math.min(Math.max(row, both), end);
    }

    private Chunk chunk(int row) {
        return chunks[Objects.checkIndex(row, end) >> SHIFT];
    }

    /** Columns of 64 hosts; bit n of {@code accepts} belongs to the n-th. Immutable once its columns are published. */
    private static final class Chunk {
        private long accepts;
        private long[] millicores;
        private long[] memory;
        private final long[] freeMillicores;
        private final long[] freeMemory;

        Chunk() {
            millicores = new long[CHUNK];
            memory = new long[CHUNK];
            freeMillicores = new long[CHUNK];
            freeMemory = new long[CHUNK];
        }

        /** Copies what most changes write; the sizes are copied when they are written. */
        Chunk(Chunk other) {
            accepts = other.accepts;
            millicores = other.millicores;
            memory = other.memory;
            freeMillicores = other.freeMillicores.clone();
            freeMemory = other.freeMemory.clone();
        }

        /** The first host from {@code at} on that differs, or {@value HostColumns#CHUNK}. */
        int nextChanged(Chunk other, int at) {
            int changed = CHUNK;
            long differ = (accepts ^ other.accepts) & -1L << at;
            if (differ != 0) {
                changed = Long.numberOfTrailingZeros(differ);
            }
            changed = first(freeMillicores, other.freeMillicores, at, changed);
            changed = first(freeMemory, other.freeMemory, at, changed);
            changed = first(millicores, other.millicores, at, changed);
            return first(memory, other.memory, at, changed);
        }

        /** Where two columns differ first from {@code at} on and before {@code end}; else {@code end}. */
        private static int first(long[] column, long[] other, int at, int end) {
            if (column == other || at >= end) {
                return end;
            }
            int found = Arrays.mismatch(column, at, end, other, at, end);
            return found < 0 ? end : at + found;
        }
    }

    /** Writes to copies of the chunks that change. Used by the writer under its lock, for one change set. */
    static final class Editor {
        private final HostColumns from;
        private int end;
        private Chunk[] chunks;

        Editor(HostColumns from) {
            this.from = from;
            end = from.end;
            chunks = from.chunks;
        }

        /** Gives a host a row if it has none. */
        void known(HostId host) {
            owned(rowFor(host) >> SHIFT);
        }

        /** Takes from a host's free capacity, or gives back if negative. */
        void take(HostId host, long millicores, long memory) {
            if (millicores == 0 && memory == 0) {
                return;
            }
            int row = rowFor(host);
            Chunk chunk = owned(row >> SHIFT);
            chunk.freeMillicores[row & MASK] -= millicores;
            chunk.freeMemory[row & MASK] -= memory;
        }

        /** Sets what a host offers; what is taken stays taken. */
        void offer(HostId host, boolean accepts, long millicores, long memory) {
            int row = rowFor(host);
            Chunk chunk = owned(row >> SHIFT);
            int at = row & MASK;
            long bit = 1L << row;
            chunk.accepts = accepts ? chunk.accepts | bit : chunk.accepts & ~bit;
            if (chunk.millicores[at] == millicores && chunk.memory[at] == memory) {
                return;
            }
            chunk.freeMillicores[at] += millicores - chunk.millicores[at];
            chunk.freeMemory[at] += memory - chunk.memory[at];
            chunk.millicores = chunk.millicores.clone();
            chunk.memory = chunk.memory.clone();
            chunk.millicores[at] = millicores;
            chunk.memory[at] = memory;
        }

        private int rowFor(HostId host) {
            int row = from.index.rowFor(host);
            end = Math.max(end, row + 1);
            return row;
        }

        private Chunk owned(int number) {
            if (chunks == from.chunks || number >= chunks.length) {
                chunks = Arrays.copyOf(chunks, Math.max(chunks.length, number + 1));
            }
            boolean shared = number < from.chunks.length && chunks[number] == from.chunks[number];
            if (shared) {
                chunks[number] = new Chunk(chunks[number]);
            } else if (chunks[number] == null) {
                chunks[number] = new Chunk();
            }
            return chunks[number];
        }

        HostColumns done() {
            return chunks == from.chunks ? from : new HostColumns(from.index, end, chunks, from.loads);
        }
    }
}
