package org.vinestock.placement.provider.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Rows;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;

/**
 * How old the oldest VM is that should be on each host of a snapshot. A VM is as old as its row: whoever starts, moves or
 * changes it makes it young. Immutable; a change of a VM costs about a microsecond.
 */
final class OldestVms {
    /** Said of a host without VMs: more than any revision. */
    static final long NOBODY = Long.MAX_VALUE;

    private static final int BITS = 6;
    private static final int CHUNK = 1 << BITS;

    private static final Chunk EMPTY = new Chunk();

    private static final Derivation<OldestVms> DERIVATION = new Derivation<>() {
        @Override
        public OldestVms build(Snapshot snapshot) {
            return built(snapshot);
        }

        @Override
        public OldestVms update(OldestVms before, Snapshot earlier, Snapshot now, List<Change> changes) {
            return before.after(earlier, now, changes);
        }
    };

    private final Chunk[] chunks;

    private OldestVms(Chunk[] chunks) {
        this.chunks = chunks;
    }

    static OldestVms of(Snapshot snapshot) {
        return snapshot.derive(DERIVATION);
    }

    /** The revision that put the oldest VM of a row's host, or {@link #NOBODY}. */
    long oldest(int row) {
        return chunks[row >> BITS].oldest[row & (CHUNK - 1)];
    }

    private static OldestVms built(Snapshot snapshot) {
        Editor editor = new Editor(new Chunk[0], snapshot.hosts().end());
        Rows<Vm> vms = snapshot.rows(SiteKinds.VM);
        for (Vm vm : vms) {
            int row = row(vm.host(), snapshot);
            if (row >= 0) {
                editor.enter(row, vms.changedAt(vm.id()));
            }
        }
        return editor.done();
    }

    private OldestVms after(Snapshot earlier, Snapshot now, List<Change> changes) {
        TreeSet<String> changed = new TreeSet<>();
        for (Change change : changes) {
            if (change.kind().equals(SiteKinds.VM)) {
                changed.add(change.id().value());
            }
        }
        Editor editor = new Editor(chunks, now.hosts().end());
        for (String name : changed) {
            VmId id = new VmId(name);
            int left = row(id, earlier);
            if (left >= 0) {
                editor.leave(left, earlier.rows(SiteKinds.VM).changedAt(id));
            }
            int entered = row(id, now);
            if (entered >= 0) {
                editor.enter(entered, now.rows(SiteKinds.VM).changedAt(id));
            }
        }
        return editor.done();
    }

    private static int row(ObjectId vm, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM)
                .find(vm)
                .map(wanted -> row(wanted.host(), snapshot))
                .orElse(-1);
    }

    private static int row(@Nullable HostId host, Snapshot snapshot) {
        return host == null ? -1 : snapshot.hosts().row(host);
    }

    /** 64 hosts: of each the revisions that put its VMs, in order, and the first of them. */
    private static final class Chunk {
        private static final long[] NONE = {};

        private final long[][] vms;
        private final long[] oldest;

        Chunk() {
            vms = new long[CHUNK][];
            oldest = new long[CHUNK];
            Arrays.fill(vms, NONE);
            Arrays.fill(oldest, NOBODY);
        }

        Chunk(Chunk other) {
            vms = other.vms.clone();
            oldest = other.oldest.clone();
        }

        void enter(int at, long revision) {
            long[] before = vms[at];
            int found = Arrays.binarySearch(before, revision);
            int gap = found < 0 ? -1 - found : found;
            long[] longer = Arrays.copyOf(before, before.length + 1);
            System.arraycopy(before, gap, longer, gap + 1, before.length - gap);
            longer[gap] = revision;
            vms[at] = longer;
            oldest[at] = longer[0];
        }

        void leave(int at, long revision) {
            long[] before = vms[at];
            int gone = Arrays.binarySearch(before, revision);
            long[] shorter = Arrays.copyOf(before, before.length - 1);
            System.arraycopy(before, gone + 1, shorter, gone, shorter.length - gone);
            vms[at] = shorter;
            oldest[at] = shorter.length == 0 ? NOBODY : shorter[0];
        }
    }

    /** Writes to copies of the chunks that change. */
    private static final class Editor {
        private final Chunk[] former;
        private final Chunk[] chunks;

        Editor(Chunk[] former, int end) {
            this.former = former;
            chunks = Arrays.copyOf(former, Math.max(former.length, (end + CHUNK - 1) >> BITS));
            Arrays.fill(chunks, former.length, chunks.length, EMPTY);
        }

        void enter(int row, long revision) {
            owned(row >> BITS).enter(row & (CHUNK - 1), revision);
        }

        void leave(int row, long revision) {
            owned(row >> BITS).leave(row & (CHUNK - 1), revision);
        }

        private Chunk owned(int number) {
            Chunk chunk = chunks[number];
            if (chunk == EMPTY || (number < former.length && chunk == former[number])) {
                chunks[number] = new Chunk(chunk);
            }
            return chunks[number];
        }

        OldestVms done() {
            return new OldestVms(chunks);
        }
    }
}
