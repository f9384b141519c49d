package org.vinestock.placement;

import java.util.Arrays;
import java.util.List;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;

/**
 * Which hosts of a snapshot have how much room, {@value #CHUNK} rows at a time: bit {@code n} of a result belongs to row
 * {@code chunk * 64 + n}. In each chunk the hosts are sorted by what is free, so that one search finds all with at least, or
 * at most, so much. Immutable; a change sorts the chunks of the hosts that it is about anew, under a microsecond each.
 */
public final class RoomIndex {
    /** How many rows are in a chunk. */
    public static final int CHUNK = 64;

    private static final int SHIFT = 6;

    private static final Derivation<RoomIndex> DERIVATION = new Derivation<>() {
        @Override
        public RoomIndex build(Snapshot snapshot) {
            Hosts hosts = snapshot.hosts();
            Room[] rooms = new Room[chunks(hosts)];
            for (int chunk = 0; chunk < rooms.length; chunk++) {
                rooms[chunk] = Room.of(hosts, chunk, Room.NONE);
            }
            return new RoomIndex(rooms);
        }

        @Override
        public RoomIndex update(RoomIndex before, Snapshot earlier, Snapshot now, List<Change> changes) {
            Hosts hosts = now.hosts();
            Room[] rooms = before.rooms;
            int row = hosts.nextChanged(earlier.hosts(), 0);
            while (row < hosts.end()) {
                if (rooms == before.rooms) {
                    rooms = Arrays.copyOf(rooms, chunks(hosts));
                }
                int chunk = row >> SHIFT;
                Room known = chunk < before.rooms.length ? before.rooms[chunk] : Room.NONE;
                rooms[chunk] = Room.of(hosts, chunk, known);
                row = hosts.nextChanged(earlier.hosts(), (chunk + 1) << SHIFT);
            }
            return rooms == before.rooms ? before : new RoomIndex(rooms);
        }
    };

    private final Room[] rooms;

    private RoomIndex(Room[] rooms) {
        this.rooms = rooms;
    }

    /** The index of a snapshot. */
    public static RoomIndex of(Snapshot snapshot) {
        return snapshot.derive(DERIVATION);
    }

    private static int chunks(Hosts hosts) {
        return (hosts.end() + CHUNK - 1) >> SHIFT;
    }

    /** How many chunks there are. */
    public int chunks() {
        return rooms.length;
    }

    /** The rows of a chunk whose hosts take new VMs: up, and not in maintenance. */
    public long accepting(int chunk) {
        return rooms[chunk].accepting;
    }

    /** The rows of a chunk whose hosts have at least so much free of both. */
    public long atLeast(int chunk, long millicores, long memory) {
        Room room = rooms[chunk];
        long rows = room.millicores.atLeast(millicores);
        return rows == 0 ? 0 : rows & room.memory.atLeast(memory);
    }

    /** The rows of a chunk whose hosts have at most so much free of both. */
    public long atMost(int chunk, long millicores, long memory) {
        Room room = rooms[chunk];
        long rows = room.millicores.atMost(millicores);
        return rows == 0 ? 0 : rows & room.memory.atMost(memory);
    }

    /** What the hosts of a chunk have of CPU, in thousandths of a core. */
    public Range millicores(int chunk) {
        return rooms[chunk].millicores.range;
    }

    /** What the hosts of a chunk have of memory, in bytes. */
    public Range memory(int chunk) {
        return rooms[chunk].memory.range;
    }

    /**
     * Bounds of one resource over the hosts of a chunk.
     *
     * @param smallest what the smallest host offers
     * @param largest what the largest host offers
     * @param mostFree the most that is free on one
     */
    public record Range(long smallest, long largest, long mostFree) {}

    private record Room(long accepting, Sorted millicores, Sorted memory) {
        static final Room NONE = new Room(0, Sorted.NONE, Sorted.NONE);

        static Room of(Hosts hosts, int chunk, Room before) {
            int first = chunk << SHIFT;
            int count = Math.min(hosts.end() - first, CHUNK);
            long accepting = 0;
            long[] millicores = new long[count];
            long[] memory = new long[count];
            long[] sizes = new long[count];
            long[] memories = new long[count];
            for (int i = 0; i < count; i++) {
                int row = first + i;
                accepting |= hosts.accepts(row) ? 1L << i : 0;
                millicores[i] = hosts.freeMillicores(row);
                memory[i] = hosts.freeMemory(row);
                sizes[i] = hosts.millicores(row);
                memories[i] = hosts.memory(row);
            }
            return new Room(
                    accepting,
                    Sorted.of(millicores, sizes, before.millicores),
                    Sorted.of(memory, memories, before.memory));
        }
    }

    /** What is free of one resource, in order, with the rows that come from each position on. */
    private static final class Sorted {
        static final Sorted NONE = new Sorted(new byte[0], new long[0], new long[1], new Range(0, 0, 0));

        private final byte[] order;
        private final long[] free;
        private final long[] from;
        private final Range range;

        private Sorted(byte[] order, long[] free, long[] from, Range range) {
            this.order = order;
            this.free = free;
            this.from = from;
            this.range = range;
        }

        /** Sorts, beginning with the order of before: mostly it is nearly right. */
        static Sorted of(long[] free, long[] sizes, Sorted before) {
            int count = free.length;
            byte[] order = Arrays.copyOf(before.order, count);
            for (int i = before.order.length; i < count; i++) {
                order[i] = (byte) i;
            }
            long[] sorted = new long[count];
            for (int i = 0; i < count; i++) {
                byte row = order[i];
                long value = free[row];
                int at = i;
                while (at > 0 && sorted[at - 1] > value) {
                    sorted[at] = sorted[at - 1];
                    order[at] = order[at - 1];
                    at--;
                }
                sorted[at] = value;
                order[at] = row;
            }
            long[] from = new long[count + 1];
            for (int i = count - 1; i >= 0; i--) {
                from[i] = from[i + 1] | 1L << order[i];
            }
            long smallest = Long.MAX_VALUE;
            long largest = 0;
            for (long size : sizes) {
                smallest = Math.min(smallest, size);
                largest = Math.max(largest, size);
            }
            return new Sorted(order, sorted, from, new Range(smallest, largest, sorted[count - 1]));
        }

        long atLeast(long amount) {
            return from[below(amount)];
        }

        long atMost(long amount) {
            return amount == Long.MAX_VALUE ? from[0] : from[0] & ~from[below(amount + 1)];
        }

        /** How many have less than {@code amount}. */
        private int below(long amount) {
            int count = free.length;
            if (count == 0 || amount <= free[0]) {
                return 0;
            } else if (amount > free[count - 1]) {
                return count;
            }
            int low = 0;
            int size = count;
            while (size > 1) { // so that no branch has to be guessed
                int half = size >>> 1;
                low = free[low + half - 1] < amount ? low + half : low;
                size -= half;
            }
            return free[low] < amount ? low + 1 : low;
        }
    }
}
