package org.vinestock.machines.provider.hardware;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vinestock.disk.Disk;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.placement.PlacementQuestion;

/**
 * Which hosts can take a VM. One with disks can only be where they are; one that has a network or a kernel can be on any host
 * that is not played.
 *
 * @param any whether any host can
 * @param only those that can, if not any; empty = none
 * @param because why only these, in a sentence without a full stop
 */
public record Whereabouts(boolean any, List<HostId> only, String because) {
    /** Any host. */
    public static final Whereabouts ANY = new Whereabouts(true, List.of(), "");

    /** Copies the list. */
    public Whereabouts {
        only = List.copyOf(only);
    }

    /** Of a VM that is there already. */
    public static Whereabouts of(Vm vm, Snapshot snapshot) {
        Hardware hardware = vm.hardware();
        if (hardware.isNone()) {
            return ANY;
        }
        List<HostId> hosts = new ArrayList<>();
        for (VmDisk each : hardware.disks()) {
            Optional<Disk> disk = snapshot.rows(Disk.KIND).find(each.disk());
            if (disk.isPresent() && !hosts.contains(disk.get().host())) {
                hosts.add(disk.get().host());
            }
        }
        if (hosts.isEmpty()) {
            return real(snapshot);
        }
        return hosts.size() == 1
                ? new Whereabouts(false, hosts, "only " + hosts.get(0) + " has its disks")
                : new Whereabouts(
                        false,
                        List.of(),
                        "its disks are on "
                                + String.join(
                                        " and ",
                                        hosts.stream().map(HostId::value).toList()));
    }

    /** Any host that is not played. */
    static Whereabouts real(Snapshot snapshot) {
        List<ObservedHost> real = new ArrayList<>();
        for (ObservedHost host : snapshot.rows(SiteKinds.HOST_OBSERVED)) {
            if (!host.simulated()
                    && snapshot.rows(SiteKinds.HOST).find(host.id()).isPresent()) {
                real.add(host);
            }
        }
        List<HostId> ids = real.size() <= PlacementQuestion.MAX_ONLY
                ? real.stream().map(ObservedHost::id).toList()
                : roomiest(real, snapshot.hosts());
        return new Whereabouts(
                false,
                ids,
                ids.isEmpty()
                        ? "it needs a host that is not played, and this site has none"
                        : "it needs a host that is not played");
    }

    /** As many as a question can name. */
    private static List<HostId> roomiest(List<ObservedHost> real, Hosts hosts) {
        return real.stream()
                .filter(host -> host.state() == HostState.UP)
                .sorted(Comparator.comparingLong(host -> -hosts.freeMemory(hosts.row(host.id()))))
                .limit(PlacementQuestion.MAX_ONLY)
                .map(ObservedHost::id)
                .toList();
    }

    /** Whether no host can take it. */
    public boolean isNowhere() {
        return !any && only.isEmpty();
    }

    /**
     * Returns those that can, or none if any can.
     *
     * @throws VinestockException {@code NO_HOST_FITS} if no host can
     */
    public List<HostId> orThrow(Object vm) {
        if (isNowhere()) {
            throw new VinestockException(MachineError.NO_HOST_FITS, "no host can take " + vm + ": " + because);
        }
        return only;
    }
}
