package org.vinestock.machines.provider.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskSource;
import org.vinestock.disk.DiskSteps;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations.CreateVm;
import org.vinestock.machines.hardware.DiskBus;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.KernelBoot;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;
import org.vinestock.operation.Step;

/**
 * What a new VM is built of, made from what people ask for.
 *
 * @param where which hosts can take it
 * @param make steps that make the disks that are not there yet, once it has its place
 * @param claims the disks that are its own: those that are made, and those that it may write to. An image that many VMs start
 *     from is nobody's, so that they can be made at once
 */
public record NewHardware(Hardware hardware, Whereabouts where, List<Step> make, List<ObjectId> claims) {
    private static final String NO_NETWORK = "none";
    private static final String NET = "net0";

    /** Copies the lists. */
    public NewHardware {
        make = List.copyOf(make);
        claims = List.copyOf(claims);
    }

    /**
     * Makes it.
     *
     * @throws IllegalArgumentException naming the parameter that contradicts what is there, or another one
     */
    public static NewHardware of(VmId vm, CreateVm wanted, Snapshot snapshot) {
        return new Making(vm, wanted, snapshot).made();
    }

    private static final class Making {
        private final VmId vm;
        private final CreateVm wanted;
        private final Snapshot snapshot;
        private final List<VmDisk> disks = new ArrayList<>();
        private final List<Step> make = new ArrayList<>();
        private final List<ObjectId> claims = new ArrayList<>();
        private @Nullable HostId host;
        private String hostOf = "";

        Making(VmId vm, CreateVm wanted, Snapshot snapshot) {
            this.vm = vm;
            this.wanted = wanted;
            this.snapshot = snapshot;
        }

        NewHardware made() {
            cd();
            root();
            others();
            seed();
            Hardware hardware = new Hardware(disks, nics(), kernel());
            return new NewHardware(hardware, where(hardware), make, claims);
        }

        private void cd() {
            DiskId cd = wanted.cd();
            if (cd != null) {
                Disk disk = known("cd", cd);
                if (!disk.format().equals("raw")) {
                    throw new IllegalArgumentException("cd: disk \"" + cd + "\" is " + disk.format()
                            + "; accepted: a raw one, as disk:import --format raw makes it of an ISO");
                }
                DiskRows.requireFree("cd", cd, true, snapshot);
                disks.add(new VmDisk("cd", cd, DiskBus.CD, true));
            }
        }

        private void root() {
            DiskId image = wanted.image();
            ByteCount size = wanted.diskSize();
            DiskSource source;
            if (image != null) {
                source = overlay(image, size);
            } else if (size != null) {
                source = new DiskSource.Empty(size);
            } else {
                return;
            }
            DiskId root = fresh("root");
            make.add(DiskSteps.make(new DiskSteps.Make(root, null, source, "qcow2", "none", vm)));
            disks.add(new VmDisk("root", root, DiskBus.VIRTIO, false));
        }

        private DiskSource overlay(DiskId image, @Nullable ByteCount size) {
            Disk from = known("image", image);
            if (size != null && size.compareTo(from.size()) < 0) {
                throw new IllegalArgumentException("diskSize: " + size + " is less than the image's " + from.size()
                        + "; accepted: as much or more");
            }
            DiskRows.requireFree("image", image, true, snapshot);
            return new DiskSource.Overlay(image, size);
        }

        private void others() {
            for (DiskId id : wanted.disks()) {
                known("disks", id);
                DiskRows.requireFree("disks", id, false, snapshot);
                claims.add(id);
                disks.add(new VmDisk("disk" + (wanted.disks().indexOf(id) + 1), id, DiskBus.VIRTIO, false));
            }
        }

        private void seed() {
            if (CloudSeed.isWanted(wanted)) {
                DiskId seed = fresh("seed");
                DiskSource source = new DiskSource.Seed(CloudSeed.files(vm, wanted));
                make.add(DiskSteps.make(new DiskSteps.Make(seed, null, source, "raw", "none", vm)));
                disks.add(new VmDisk("seed", seed, DiskBus.CD, true));
            }
        }

        private DiskId fresh(String device) {
            DiskId id = new DiskId(vm + "-" + device);
            if (snapshot.rows(Disk.KIND).find(id).isPresent()) {
                throw new IllegalArgumentException("id: its disk would be called \"" + id
                        + "\", which is there already; accepted: another name, or delete that disk first");
            }
            claims.add(id);
            return id;
        }

        /** Finds a disk and checks that it is on the host of the others. */
        private Disk known(String field, DiskId id) {
            Disk disk = DiskRows.find(field, id, snapshot);
            if (host != null && !host.equals(disk.host())) {
                throw new IllegalArgumentException(field + ": disk \"" + id + "\" is on " + disk.host() + ", and "
                        + hostOf + " on " + host + "; accepted: disks of one host");
            }
            host = disk.host();
            hostOf = "disk \"" + id + "\" is";
            return disk;
        }

        private List<VmNic> nics() {
            String network = wanted.network();
            if (network == null) {
                network = disks.isEmpty() && wanted.kernel() == null ? NO_NETWORK : VmNic.USER;
            }
            String mac = wanted.mac();
            if (network.equals(NO_NETWORK)) {
                if (mac != null) {
                    throw new IllegalArgumentException("mac: it has no network; accepted: with --network user");
                }
                return List.of();
            }
            Macs macs = new Macs(snapshot);
            return List.of(new VmNic(NET, mac == null ? macs.of(vm, NET) : macs.asked(mac), network));
        }

        private @Nullable KernelBoot kernel() {
            String image = wanted.kernel();
            if (image == null) {
                requireKernel("initramfs", wanted.initramfs());
                requireKernel("append", wanted.append());
                return null;
            }
            return new KernelBoot(image, orEmpty(wanted.initramfs()), orEmpty(wanted.append()));
        }

        private static void requireKernel(String field, @Nullable String given) {
            if (given != null) {
                throw new IllegalArgumentException(field + ": given without a kernel; accepted: with --kernel");
            }
        }

        private static String orEmpty(@Nullable String text) {
            return text == null ? "" : text;
        }

        private Whereabouts where(Hardware hardware) {
            HostId asked = wanted.host();
            if (asked != null) {
                requireAble(asked, hardware);
                return new Whereabouts(false, List.of(asked), "it was asked for on " + asked);
            }
            if (host != null) {
                return new Whereabouts(false, List.of(host), "only " + host + " has its disks");
            }
            return hardware.isNone() ? Whereabouts.ANY : Whereabouts.real(snapshot);
        }

        private void requireAble(HostId asked, Hardware hardware) {
            if (snapshot.rows(SiteKinds.HOST).find(asked).isEmpty()) {
                throw new IllegalArgumentException(
                        "host: there is no host \"" + asked + "\"; accepted: one of host:list");
            }
            if (host != null && !host.equals(asked)) {
                throw new IllegalArgumentException(
                        "host: " + hostOf + " on " + host + ", not on " + asked + "; accepted: " + host);
            }
            Optional<ObservedHost> seen = snapshot.rows(SiteKinds.HOST_OBSERVED).find(asked);
            if (!hardware.isNone() && seen.isPresent() && seen.get().simulated()) {
                throw new IllegalArgumentException(
                        "host: " + asked
                                + " is only played: it has neither disks nor networks nor kernels; accepted: a host that is not");
            }
        }
    }
}
