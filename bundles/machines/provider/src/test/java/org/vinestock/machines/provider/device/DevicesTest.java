package org.vinestock.machines.provider.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vinestock.machines.DeviceOperations;
import org.vinestock.machines.DeviceOperations.AttachDisk;
import org.vinestock.machines.DeviceOperations.AttachNic;
import org.vinestock.machines.DeviceOperations.Inflate;
import org.vinestock.machines.DeviceOperations.OneDevice;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.hardware.DiskBus;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.provider.site.HandMadeHost;
import org.vinestock.machines.provider.site.TrySite;
import org.vinestock.machines.provider.view.VmInfoView;
import org.vinestock.machines.provider.view.VmState;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;

/** What can be done to a VM that is on its host. */
class DevicesTest {
    private static final VmId VM = new VmId("vm-1");

    private final TrySite site = new TrySite(5);

    @BeforeEach
    void aVm() {
        site.realHost("z1-r1-k01", 8, 32);
        site.disks.add("data-1", "z1-r1-k01", 4, "qcow2");
        site.disks.add("far", "z1-r1-k09", 4, "qcow2");
        site.done(MachineOperations.CREATE_VM, TrySite.vm("vm-1", 1, 1, Labels.NONE));
    }

    @AfterEach
    void nothingWasThrown() {
        site.assertNoFailures();
    }

    private HandMadeHost.Guest guest() {
        return site.host("z1-r1-k01").guests.get("vm-1");
    }

    private Hardware wanted() {
        return site.wanted("vm-1").orElseThrow().hardware();
    }

    private VmInfoView.Row info() {
        return site.read(new VmInfoView(), new OneVm(VM)).get(0);
    }

    private static AttachDisk disk(String name) {
        return new AttachDisk(VM, new DiskId(name), null, false);
    }

    @Test
    void plugsADiskInAndOut() {
        assertEquals(
                "has data-1 as disk1",
                site.done(DeviceOperations.ATTACH_DISK, disk("data-1")).now());
        Hardware with = Hardware.NONE.with(new VmDisk("disk1", new DiskId("data-1"), DiskBus.VIRTIO, false));
        assertEquals(with, wanted());
        assertEquals(with, guest().hardware);
        assertEquals(Set.of("data-1"), site.disks.served);
        assertEquals(List.of("disk1: data-1 (virtio)"), info().disks());
        assertEquals(
                "disk: VM \"vm-1\" has disk \"data-1\"; accepted: a disk that no VM has, or that all that have it only read",
                site.failed(DeviceOperations.ATTACH_DISK, disk("data-1")).getMessage());

        site.done(DeviceOperations.DETACH, new OneDevice(VM, "disk1"));
        assertEquals(Hardware.NONE, wanted());
        assertEquals(Hardware.NONE, guest().hardware);
        assertEquals(Set.of(), site.disks.served);
        assertTrue(site.disks.row(new DiskId("data-1")).isPresent(), "the disk stays");
    }

    @Test
    void plugsANetworkDeviceInAndOut() {
        site.done(DeviceOperations.ATTACH_NIC, new AttachNic(VM, "isolated", null, null));
        site.done(DeviceOperations.ATTACH_NIC, new AttachNic(VM, "user", "52:54:00:aa:bb:cc", "wan"));
        assertEquals(wanted(), guest().hardware);
        assertEquals("wan: user, 52:54:00:aa:bb:cc", info().nics().get(1));

        site.done(DeviceOperations.DETACH, new OneDevice(VM, "net1"));
        assertEquals(List.of("wan: user, 52:54:00:aa:bb:cc"), info().nics());
        assertEquals(
                "device: vm-1 has no \"net1\"; accepted: wan",
                site.failed(DeviceOperations.DETACH, new OneDevice(VM, "net1")).getMessage());
    }

    @Test
    void takesBackWhatCannotBePluggedIn() {
        site.host("z1-r1-k01").plugs = false;
        VinestockException missing = (VinestockException) site.failed(DeviceOperations.ATTACH_DISK, disk("data-1"));
        assertEquals(MachineError.NOT_OFFERED, missing.code());
        assertEquals("vm-1: z1-r1-k01 is made by hand and has no HotPlug", missing.getMessage());
        assertEquals(Hardware.NONE, wanted());
        assertEquals(Set.of(), site.disks.served);
        assertEquals(
                "disk: \"far\" is on z1-r1-k09, and vm-1 on z1-r1-k01; accepted: a disk of z1-r1-k01",
                site.failed(DeviceOperations.ATTACH_DISK, disk("far")).getMessage());
    }

    @Test
    void asksAGuestToMakeDoWithLess() {
        ByteCount less = new ByteCount(512L << 20);
        site.done(DeviceOperations.BALLOON, new Inflate(VM, less));
        assertEquals(less, guest().balloon);
        assertEquals(
                "size: 2GiB; accepted: more than nothing, and at most 1GiB, which vm-1 has",
                site.failed(DeviceOperations.BALLOON, new Inflate(VM, ByteCount.ofGib(2)))
                        .getMessage());
    }

    @Test
    void letsAVmStandStillUntilSomebodyWantsItToGoOn() {
        assertEquals(
                "paused on z1-r1-k01",
                site.done(MachineOperations.PAUSE_VM, "vm-1").now());
        site.run(Duration.ofMinutes(1));
        assertEquals(PowerState.PAUSED, guest().power, "nobody restarts it");
        assertEquals(VmState.PAUSED, info().state());

        site.done(MachineOperations.RESUME_VM, "vm-1");
        assertEquals(PowerState.RUNNING, guest().power);
        site.done(MachineOperations.PAUSE_VM, "vm-1");
        site.done(MachineOperations.START_VM, "vm-1");
        assertEquals(PowerState.RUNNING, guest().power, "who starts it wants it to run");

        site.done(MachineOperations.RESET_VM, "vm-1");
        assertEquals(1, guest().resets);
        site.done(MachineOperations.PAUSE_VM, "vm-1");
        site.done(MachineOperations.STOP_VM, "vm-1");
        assertEquals(PowerState.STOPPED, guest().power);
        VinestockException off = (VinestockException) site.failed(MachineOperations.PAUSE_VM, new OneVm(VM));
        assertEquals(MachineError.VM_OFF, off.code());
        assertEquals("vm-1 is off; vm:start vm-1 switches it on", off.getMessage());
    }
}
