package org.vinestock.machines.provider.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VmId;

/**
 * Hosts where something of a VM may be left that should be removed once they answer: they could not be told when it was
 * taken back, placed anew or deleted.
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
        return changed(vm, List.of(host), List.of(), snapshot);
    }

    /** The change that forgets a host. */
    public static Change forgotten(VmId vm, HostId host, Snapshot snapshot) {
        return changed(vm, List.of(), List.of(host), snapshot);
    }

    /** The change that notes some hosts and forgets others. */
    public static Change changed(VmId vm, List<HostId> note, List<HostId> forget, Snapshot snapshot) {
        List<HostId> hosts = new ArrayList<>(of(vm, snapshot));
        hosts.removeAll(note);
        hosts.addAll(note);
        hosts.removeAll(forget);
        return hosts.isEmpty() ? new Change.Removed(KIND, vm) : new Change.Put<>(KIND, vm, new Leftover(vm, hosts));
    }

    /** The hosts where something of a VM may be left. */
    public static List<HostId> of(VmId vm, Snapshot snapshot) {
        Optional<Leftover> row = snapshot.rows(KIND).find(vm);
        return row.isPresent() ? row.get().hosts() : List.of();
    }
}
