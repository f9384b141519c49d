package org.vinestock.machines.site;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.HostId;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;

/**
 * The VMs of each host of a snapshot: those that should be there, and those that are. Immutable; a VM that moves costs about
 * a microsecond, the first question some 200 ns a VM.
 */
public final class HostVms {
    private static final int CHUNK = 64;
    private static final VmId[] NOBODY = {};
    private static final VmId[][] EMPTY = new VmId[CHUNK][];

    static {
        Arrays.fill(EMPTY, NOBODY);
    }

    private static final Derivation<HostVms> DERIVATION = new Derivation<>() {
        @Override
        public HostVms build(Snapshot snapshot) {
            return built(snapshot);
        }

        @Override
        public HostVms update(HostVms before, Snapshot earlier, Snapshot now, List<Change> changes) {
            return before.after(earlier, now, changes);
        }
    };

    /** By row, 64 to a chunk; the VMs of a host in order of their names. */
    private final VmId[][][] chunks;

    private HostVms(VmId[][][] chunks) {
        this.chunks = chunks;
    }

    /** Those of a snapshot. */
    public static HostVms of(Snapshot snapshot) {
        return snapshot.derive(DERIVATION);
    }

    /** How many should be or are on the host of a row of {@link Hosts}. */
    public int count(int row) {
        return at(row).length;
    }

    /** The VMs that should be or are on the host of a row, in order of their names. */
    public List<VmId> on(int row) {
        return Collections.unmodifiableList(Arrays.asList(at(row)));
    }

    private VmId[] at(int row) {
        return row < 0 || row >= chunks.length * CHUNK ? NOBODY : chunks[row / CHUNK][row % CHUNK];
    }

    private static HostVms built(Snapshot snapshot) {
        HostVms made = new HostVms(chunks(new VmId[0][][], snapshot.hosts().end()));
        Editor editor = made.new Editor(snapshot.hosts().end());
        Hosts hosts = snapshot.hosts();
        for (Vm vm : snapshot.rows(SiteKinds.VM)) { // in order of names, so each comes last on its host
            editor.add(row(vm.host(), hosts), vm.id());
        }
        for (ObservedVm vm : snapshot.rows(SiteKinds.VM_OBSERVED)) {
            editor.add(row(vm.host(), hosts), vm.id());
        }
        return editor.done();
    }

    private HostVms after(Snapshot earlier, Snapshot now, List<Change> changes) {
        TreeSet<String> changed = new TreeSet<>();
        for (Change change : changes) {
            if (change.kind().equals(SiteKinds.VM) || change.kind().equals(SiteKinds.VM_OBSERVED)) {
                changed.add(change.id().value());
            }
        }
        Editor editor = new Editor(now.hosts().end());
        for (String name : changed) {
            VmId id = new VmId(name);
            int wasWanted = wanted(id, earlier);
            int wasSeen = seen(id, earlier);
            int wanted = wanted(id, now);
            int seen = seen(id, now);
            if (wasWanted != wanted || wasSeen != seen) {
                editor.remove(wasWanted, id);
                editor.remove(wasSeen, id);
                editor.add(wanted, id);
                editor.add(seen, id);
            }
        }
        return editor.done();
    }

    private static int wanted(ObjectId id, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM)
                .find(id)
                .map(vm -> row(vm.host(), snapshot.hosts()))
                .orElse(-1);
    }

    private static int seen(ObjectId id, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM_OBSERVED)
                .find(id)
                .map(vm -> row(vm.host(), snapshot.hosts()))
                .orElse(-1);
    }

    private static int row(@Nullable HostId host, Hosts hosts) {
        return host == null ? -1 : hosts.row(host);
    }

    private static VmId[][][] chunks(VmId[][][] former, int end) {
        VmId[][][] chunks = Arrays.copyOf(former, Math.max(former.length, (end + CHUNK - 1) / CHUNK));
        Arrays.fill(chunks, former.length, chunks.length, EMPTY);
        return chunks;
    }

    /** Writes to copies of the chunks that change. */
    private final class Editor {
        private final VmId[][][] copy;

        Editor(int end) {
            copy = chunks(chunks, end);
        }

        void add(int row, VmId id) {
            if (row < 0) {
                return;
            }
            VmId[] there = copy[row / CHUNK][row % CHUNK];
            int at = position(there, id);
            if (at < 0) {
                VmId[] longer = Arrays.copyOf(there, there.length + 1);
                System.arraycopy(there, -1 - at, longer, -at, there.length + 1 + at);
                longer[-1 - at] = id;
                set(row, longer);
            }
        }

        void remove(int row, VmId id) {
            VmId[] there = row < 0 ? NOBODY : copy[row / CHUNK][row % CHUNK];
            int at = position(there, id);
            if (at >= 0) {
                VmId[] shorter = Arrays.copyOf(there, there.length - 1);
                System.arraycopy(there, at + 1, shorter, at, shorter.length - at);
                set(row, shorter);
            }
        }

        private void set(int row, VmId[] vms) {
            int chunk = row / CHUNK;
            if (copy[chunk] == EMPTY || (chunk < chunks.length && copy[chunk] == chunks[chunk])) {
                copy[chunk] = copy[chunk].clone();
            }
            copy[chunk][row % CHUNK] = vms;
        }

        HostVms done() {
            return new HostVms(copy);
        }
    }

    /** Where it is, or -1 - (where it would be); mostly at the end. */
    private static int position(VmId[] vms, VmId id) {
        int low = 0;
        int high = vms.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = vms[middle].value().compareTo(id.value());
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }
}
