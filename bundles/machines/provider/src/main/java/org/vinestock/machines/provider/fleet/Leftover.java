package org.vinestock.machines.provider.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VmId;

/**
 * Hosts where something of a VM may be left that should be removed once they answer: what was made there could not be taken
 * back.
 */
public record Leftover(VmId id, List<HostId> hosts) {
    /** The table. */
    public static final Kind<Leftover> KIND = new Kind<>("machines.leftover", Leftover.class);

    /** Copies the list. */
    public Leftover {
        hosts = List.copyOf(hosts);
    }

    /** Whether something of a VM may be left on a host. */
    public static boolean isOn(HostId host, VmId vm, Snapshot snapshot) {
        return of(vm, snapshot).contains(host);
    }

    /** The change that notes a host. */
    public static Change noted(VmId vm, HostId host, Snapshot snapshot) {
        return changed(vm, host, null, snapshot);
    }

    /** The change that forgets a host. */
    public static Change forgotten(VmId vm, HostId host, Snapshot snapshot) {
        return changed(vm, null, host, snapshot);
    }

    /** The change that notes one host, if any, and forgets another one, if any. */
    public static Change changed(VmId vm, @Nullable HostId note, @Nullable HostId forget, Snapshot snapshot) {
        List<HostId> hosts = new ArrayList<>(of(vm, snapshot));
        if (note != null && !hosts.contains(note)) {
            hosts.add(note);
        }
        hosts.removeIf(host -> host.equals(forget));
        return hosts.isEmpty() ? new Change.Removed(KIND, vm) : new Change.Put<>(KIND, vm, new Leftover(vm, hosts));
    }

    private static List<HostId> of(VmId vm, Snapshot snapshot) {
        Optional<Leftover> row = snapshot.rows(KIND).find(vm);
        return row.isPresent() ? row.get().hosts() : List.of();
    }
}
