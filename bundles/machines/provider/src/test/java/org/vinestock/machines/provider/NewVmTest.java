package org.vinestock.machines.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskSource;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.CreateVm;
import org.vinestock.machines.MachineOperations.DeleteVm;
import org.vinestock.machines.hardware.DiskBus;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.KernelBoot;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.machines.provider.site.TrySite;
import org.vinestock.machines.provider.view.VmInfoView;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;

/** VMs that are built of something: three played hosts, and two that are not. */
class NewVmTest {
    private final TrySite site = new TrySite(11);

    /** What people ask for, field by field. */
    private record Asked(
            String id,
            String image,
            ByteCount size,
            List<DiskId> disks,
            String cd,
            String kernel,
            String initramfs,
            String network,
            String mac,
            String userData,
            String sshKey,
            String hostname,
            String host) {
        static Asked vm(String id) {
            return new Asked(id, null, null, List.of(), null, null, null, null, null, null, null, null, null);
        }

        Asked image(String name) {
            return new Asked(
                    id, name, size, disks, cd, kernel, initramfs, network, mac, userData, sshKey, hostname, host);
        }

        Asked size(int gib) {
            return new Asked(
                    id,
                    image,
                    ByteCount.ofGib(gib),
                    disks,
                    cd,
                    kernel,
                    initramfs,
                    network,
                    mac,
                    userData,
                    sshKey,
                    hostname,
                    host);
        }

        Asked disks(String... names) {
            List<DiskId> ids = List.of(names).stream().map(DiskId::new).toList();
            return new Asked(
                    id, image, size, ids, cd, kernel, initramfs, network, mac, userData, sshKey, hostname, host);
        }

        Asked cd(String name) {
            return new Asked(
                    id, image, size, disks, name, kernel, initramfs, network, mac, userData, sshKey, hostname, host);
        }

        Asked kernel(String path, String initramfs) {
            return new Asked(
                    id, image, size, disks, cd, path, initramfs, network, mac, userData, sshKey, hostname, host);
        }

        Asked network(String network, String mac) {
            return new Asked(
                    id, image, size, disks, cd, kernel, initramfs, network, mac, userData, sshKey, hostname, host);
        }

        Asked cloud(String userData, String sshKey, String hostname) {
            return new Asked(
                    id, image, size, disks, cd, kernel, initramfs, network, mac, userData, sshKey, hostname, host);
        }

        Asked host(String name) {
            return new Asked(
                    id, image, size, disks, cd, kernel, initramfs, network, mac, userData, sshKey, hostname, name);
        }

        CreateVm parameters() {
            return new CreateVm(
                    new VmId(id),
                    BigDecimal.ONE,
                    ByteCount.ofGib(1),
                    Labels.NONE,
                    image == null ? null : new DiskId(image),
                    size,
                    disks,
                    cd == null ? null : new DiskId(cd),
                    kernel,
                    initramfs,
                    kernel == null ? null : "console=ttyS0",
                    network,
                    mac,
                    userData,
                    sshKey,
                    hostname,
                    host == null ? null : new HostId(host));
        }
    }

    @BeforeEach
    void hosts() {
        site.realHost("z1-r1-k01", 8, 32).realHost("z1-r1-k02", 8, 32).hosts(1, 2, 2, 8, 32);
        site.disks.add("debian", "z1-r1-k01", 2, "qcow2");
        site.disks.add("installer", "z1-r1-k02", 1, "raw");
        site.disks.add("data-1", "z1-r1-k02", 4, "qcow2");
    }

    @AfterEach
    void nothingWasThrown() {
        site.assertNoFailures();
    }

    private void create(Asked asked) {
        site.done(MachineOperations.CREATE_VM, asked.parameters());
    }

    private String refusal(Asked asked) {
        return site.failed(MachineOperations.CREATE_VM, asked.parameters()).getMessage();
    }

    private Hardware hardware(String vm) {
        return site.wanted(vm).orElseThrow().hardware();
    }

    private Disk disk(String name) {
        return site.disks.row(new DiskId(name)).orElseThrow();
    }

    @Test
    void startsFromAnImageWhereThatIs() {
        create(Asked.vm("web-1")
                .image("debian")
                .size(3)
                .cloud("#cloud-config\npackages: [nginx]", "ssh-ed25519 A\"B", null));

        assertEquals(Map.of("web-1", List.of("z1-r1-k01 RUNNING")), site.copies());
        assertEquals(
                List.of(
                        new VmDisk("root", new DiskId("web-1-root"), DiskBus.VIRTIO, false),
                        new VmDisk("seed", new DiskId("web-1-seed"), DiskBus.CD, true)),
                hardware("web-1").disks());
        assertEquals(hardware("web-1"), site.host("z1-r1-k01").guests.get("web-1").hardware);
        assertEquals("user", hardware("web-1").nics().get(0).network());
        assertEquals(new DiskId("debian"), disk("web-1-root").parent());
        assertEquals(
                new DiskSource.Overlay(new DiskId("debian"), ByteCount.ofGib(3)), site.disks.images.get("web-1-root"));
        assertEquals(Set.of("web-1-root", "web-1-seed"), site.disks.served);
        DiskSource.Seed seed = (DiskSource.Seed) site.disks.images.get("web-1-seed");
        assertEquals("#cloud-config\npackages: [nginx]\n", seed.files().get("user-data"));
        assertEquals(
                "instance-id: \"web-1\"\nlocal-hostname: \"web-1\"\npublic-keys:\n- \"ssh-ed25519 A\\\"B\"\n",
                seed.files().get("meta-data"));
    }

    @Test
    void startsFromACdFirstWithAnEmptyDisk() {
        create(Asked.vm("new-1").cd("installer").size(10).disks("data-1"));

        assertEquals("z1-r1-k02", site.place("new-1"));
        assertEquals(
                List.of(
                        new VmDisk("cd", new DiskId("installer"), DiskBus.CD, true),
                        new VmDisk("root", new DiskId("new-1-root"), DiskBus.VIRTIO, false),
                        new VmDisk("disk1", new DiskId("data-1"), DiskBus.VIRTIO, false)),
                hardware("new-1").disks());
        assertEquals(new DiskSource.Empty(ByteCount.ofGib(10)), site.disks.images.get("new-1-root"));
    }

    @Test
    void startsAKernelOnAnyHostThatIsNotPlayed() {
        create(Asked.vm("k-1").kernel("/boot/vmlinuz", "/boot/initrd"));
        create(Asked.vm("k-2")
                .kernel("/boot/vmlinuz", "/boot/initrd")
                .network("none", null)
                .host("z1-r1-k01"));

        assertEquals("z1-r1-k02", site.place("k-1"), "the last one that fits is a played one");
        assertEquals("z1-r1-k01", site.place("k-2"));
        assertEquals(
                new KernelBoot("/boot/vmlinuz", "/boot/initrd", "console=ttyS0"),
                hardware("k-1").kernel());
        assertEquals(List.of(), hardware("k-2").nics());
        VmInfoView.Row row = site.read(new VmInfoView(), new MachineOperations.OneVm(new VmId("k-1")))
                .get(0);
        assertEquals("/boot/vmlinuz /boot/initrd console=ttyS0", row.kernel());
    }

    @Test
    void givesEachNetworkDeviceAnAddressOfItsOwn() {
        Set<String> macs = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            create(Asked.vm("n-" + i).network("isolated", null));
            macs.add(hardware("n-" + i).nics().get(0).mac());
        }
        assertEquals(6, macs.size(), macs.toString());
        assertTrue(macs.stream().allMatch(mac -> mac.startsWith("52:54:00:")), macs.toString());

        String first = hardware("n-0").nics().get(0).mac();
        site.done(MachineOperations.DELETE_VM, "n-0");
        create(Asked.vm("n-0").network("isolated", null));
        assertEquals(first, hardware("n-0").nics().get(0).mac(), "made from its name");
        site.done(MachineOperations.DELETE_VM, "n-0");
        create(Asked.vm("thief").network("tap:tap0", first.toUpperCase(java.util.Locale.ROOT)));
        create(Asked.vm("n-0").network("isolated", null));
        assertNotEquals(first, hardware("n-0").nics().get(0).mac());
        assertEquals(
                "mac: VM \"thief\" has " + first + "; accepted: another one, or none to have one made up",
                refusal(Asked.vm("late").network("user", first)));
        assertEquals(
                List.of(new VmNic("net0", first, "tap:tap0")), hardware("thief").nics());
    }

    @Test
    void takesBackAllOfACreateThatFails() {
        site.host("z1-r1-k01").starts = false;
        assertEquals(
                "z1-r1-k01 cannot start web-1",
                refusal(Asked.vm("web-1").image("debian").cloud(null, "ssh-ed25519 A", null)));
        nothingIsLeft();

        site.host("z1-r1-k01").starts = true;
        site.disks.makes = false;
        assertEquals("web-1-root cannot be made", refusal(Asked.vm("web-1").image("debian")));
        nothingIsLeft();
    }

    private void nothingIsLeft() {
        assertEquals(Optional.empty(), site.wanted("web-1"));
        assertEquals(Map.of(), site.copies());
        assertEquals(Set.of("data-1", "debian", "installer"), site.disks.images.keySet());
        assertEquals(3, site.head().rows(Disk.KIND).size());
        assertEquals(Set.of(), site.disks.served);
    }

    @Test
    void waitsForWhoMakesDisksByName() {
        site.remove(site.disks);
        var created = site.start(
                MachineOperations.CREATE_VM, Asked.vm("web-1").image("debian").parameters());
        site.run(Duration.ofSeconds(5));
        assertFalse(created.isDone());
        assertEquals(Map.of(), site.copies());

        site.add(site.disks);
        site.run(Duration.ofSeconds(40));
        assertTrue(created.isDone());
        assertEquals(Map.of("web-1", List.of("z1-r1-k01 RUNNING")), site.copies());
    }

    @Test
    void deletesItsOwnDisksOrKeepsThem() {
        create(Asked.vm("a").image("debian").size(2));
        create(Asked.vm("b").image("debian").size(2));
        create(Asked.vm("c").cd("installer").disks("data-1"));

        site.done(MachineOperations.DELETE_VM, "a");
        site.done(MachineOperations.DELETE_VM, new DeleteVm(new VmId("b"), true));
        site.done(MachineOperations.DELETE_VM, "c");

        assertEquals(Optional.empty(), site.disks.row(new DiskId("a-root")));
        assertEquals(null, disk("b-root").madeFor());
        assertEquals(Set.of("b-root", "data-1", "debian", "installer"), site.disks.images.keySet());
        assertEquals(Set.of(), site.disks.served);
        assertEquals(Map.of(), site.copies());
    }

    @Test
    void saysInOneSentenceWhatContradicts() {
        Asked vm = Asked.vm("x");
        assertEquals("image: there is no disk \"no\"; accepted: one of disk:list", refusal(vm.image("no")));
        assertEquals(
                "disks: disk \"data-1\" is on z1-r1-k02, and disk \"debian\" is on z1-r1-k01; accepted: disks of one host",
                refusal(vm.image("debian").disks("data-1")));
        assertEquals(
                "host: disk \"debian\" is on z1-r1-k01, not on z1-r1-k02; accepted: z1-r1-k01",
                refusal(vm.image("debian").host("z1-r1-k02")));
        assertEquals(
                "host: z1-r1-h01 is only played: it has neither disks nor networks nor kernels; accepted: a host that is not",
                refusal(vm.size(1).host("z1-r1-h01")));
        assertEquals(
                "diskSize: 1GiB is less than the image's 2GiB; accepted: as much or more",
                refusal(vm.image("debian").size(1)));
        assertEquals(
                "cd: disk \"debian\" is qcow2; accepted: a raw one, as disk:import --format raw makes it of an ISO",
                refusal(vm.cd("debian")));
        assertEquals(
                "initramfs: given without a kernel; accepted: with --kernel", refusal(vm.kernel(null, "/boot/initrd")));
        assertEquals("kernel \"vmlinuz\"; accepted: an absolute path on the host", refusal(vm.kernel("vmlinuz", null)));
        assertEquals("network \"bridge\"; accepted: user, isolated or tap:NAME", refusal(vm.network("bridge", null)));
        assertEquals(
                "userData: cloud-init would not know what it is; accepted: a text that begins with #cloud-config, #! or Content-Type:",
                refusal(vm.image("debian").cloud("hello", null, null)));
        assertEquals(
                "sshKey: it is more than one line; accepted: one public key, such as ssh-ed25519 AAAA... name",
                refusal(vm.image("debian").cloud(null, "a\nruncmd: b", null)));
        create(Asked.vm("c").disks("data-1"));
        assertEquals(
                "disks: VM \"c\" has disk \"data-1\"; accepted: a disk that no VM has, or that all that have it only read",
                refusal(vm.disks("data-1")));
        site.disks.add("x-root", "z1-r1-k01", 1, "qcow2");
        assertEquals(
                "id: its disk would be called \"x-root\", which is there already; accepted: another name, or delete that disk first",
                refusal(vm.image("debian")));
        assertEquals(1, site.copies().size());
    }

    @Test
    void neverGoesToAHostThatIsPlayed() {
        String full = refusal(Asked.vm("x").image("debian"), wanted -> sized(wanted, 9));
        assertEquals(
                "x with 9 cores and 1GiB is larger than z1-r1-k01, the only host asked for, which has 8 cores and 32GiB;"
                        + " only z1-r1-k01 has its disks",
                full);
        TrySite played = new TrySite(3).hosts(1, 1, 2, 8, 32);
        VinestockException nowhere = (VinestockException)
                played.failed(MachineOperations.CREATE_VM, Asked.vm("x").size(1).parameters());
        assertEquals(MachineError.NO_HOST_FITS, nowhere.code());
        assertEquals(
                "no host can take x: it needs a host that is not played, and this site has none", nowhere.getMessage());
    }

    private String refusal(Asked asked, UnaryOperator<CreateVm> changed) {
        return site.failed(MachineOperations.CREATE_VM, changed.apply(asked.parameters()))
                .getMessage();
    }

    private static CreateVm sized(CreateVm vm, int cores) {
        return new CreateVm(
                vm.id(),
                BigDecimal.valueOf(cores),
                vm.memory(),
                vm.labels(),
                vm.image(),
                vm.diskSize(),
                vm.disks(),
                vm.cd(),
                vm.kernel(),
                vm.initramfs(),
                vm.append(),
                vm.network(),
                vm.mac(),
                vm.userData(),
                vm.sshKey(),
                vm.hostname(),
                vm.host());
    }

    @Test
    void comesBackOnlyWhereItsDisksAre() {
        create(Asked.vm("web-1").image("debian"));
        site.host("z1-r1-k01").fail();
        site.disks.served.clear();
        site.run(Duration.ofMinutes(2));
        assertEquals(Map.of("web-1", List.of("z1-r1-k01 without power")), site.copies());
        assertEquals(
                "no host can take web-1 with 1 core and 1GiB now: 6 hosts: 0 fit, 1 down, 5 not asked for; only z1-r1-k01 has its disks",
                site.failed(MachineOperations.RECOVER_VM, new MachineOperations.OneVm(new VmId("web-1")))
                        .getMessage());

        site.host("z1-r1-k01").heal();
        site.run(Duration.ofMinutes(1));
        assertEquals(Map.of("web-1", List.of("z1-r1-k01 RUNNING")), site.copies());
        assertEquals(Set.of("web-1-root"), site.disks.served, "served before it was started");
    }

    @Test
    void oneWithOnlyAKernelIsRecoveredOnAnotherRealHost() {
        create(Asked.vm("k-1").kernel("/boot/vmlinuz", null));
        assertEquals("z1-r1-k02", site.place("k-1"));
        site.host("z1-r1-k02").fail();
        site.run(Duration.ofMinutes(1));
        assertEquals("z1-r1-k01", site.place("k-1"));
        assertEquals(hardware("k-1"), site.host("z1-r1-k01").guests.get("k-1").hardware);
    }

    @Test
    void isMadeAnewOfTheSame() {
        create(Asked.vm("web-1").image("debian"));
        site.host("z1-r1-k01").guests.remove("web-1");
        site.host("z1-r1-k01").load(0.5);
        site.run(Duration.ofSeconds(5));
        site.disks.served.clear();

        site.done(MachineOperations.MAKE_VM, "web-1");

        assertEquals(Map.of("web-1", List.of("z1-r1-k01 RUNNING")), site.copies());
        assertEquals(hardware("web-1"), site.host("z1-r1-k01").guests.get("web-1").hardware);
        assertEquals(Set.of("web-1-root"), site.disks.served);
    }
}
