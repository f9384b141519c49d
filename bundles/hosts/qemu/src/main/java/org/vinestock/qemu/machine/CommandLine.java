package org.vinestock.qemu.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vinestock.qemu.process.VmFolder;
import org.vinestock.qemu.qmp.Json;

/**
 * The arguments that make QEMU build a VM, after qemu(1). Where QEMU takes JSON it gets JSON, so that nothing in a name or a
 * path can be taken for something else; elsewhere a comma is doubled, as QEMU wants it.
 *
 * <p>Its sockets are in the VM's folder: {@code commands} and {@code events} for QMP, {@code agent} to the guest agent,
 * {@code console} to the first serial port, {@code vnc} to the screen. The memory is a file that others may map.
 */
public final class CommandLine {
    /** The name of the guest agent's port. */
    private static final String AGENT_PORT = "org.qemu.guest_agent.0";

    private final List<String> arguments = new ArrayList<>();
    private final VmFolder folder;
    private final Target target;

    private CommandLine(VmFolder folder, Target target) {
        this.folder = folder;
        this.target = target;
    }

    /**
     * The program and its arguments.
     *
     * @param memoryFile is made if it is not there; keep it away from disks that are slow
     * @param paused whether the VM waits for {@code cont}
     * @throws IOException if firmware that it needs is not installed
     */
    public static List<String> of(
            Path program, Hardware hardware, Accelerator accelerator, VmFolder folder, Path memoryFile, boolean paused)
            throws IOException {
        CommandLine line = new CommandLine(folder, Target.of(program));
        line.arguments.add(program.toString());
        line.base(hardware, accelerator, memoryFile);
        if (paused) {
            line.arguments.add("-S");
        }
        line.channels();
        line.boot(hardware.boot());
        line.buses(hardware.disks());
        List<Disk> order = inBootOrder(hardware.disks());
        for (Disk disk : hardware.disks()) {
            line.option("-blockdev", node(disk));
            Map<String, Object> device = device(disk, line.target);
            if (hardware.boot() instanceof Boot.Disks) { // a kernel that QEMU loads is the first by itself
                device.put("bootindex", order.indexOf(disk));
            }
            line.option("-device", device);
        }
        for (Nic nic : hardware.nics()) {
            line.add("-netdev", netdev(nic));
            line.option("-device", device(nic));
        }
        return line.arguments;
    }

    /** CD drives first. */
    private static List<Disk> inBootOrder(List<Disk> disks) {
        List<Disk> order = new ArrayList<>(disks.stream().filter(Disk::cd).toList());
        order.addAll(disks.stream().filter(disk -> !disk.cd()).toList());
        return order;
    }

    private void base(Hardware hardware, Accelerator accelerator, Path memoryFile) {
        add("-name", "guest=" + escaped(hardware.name()) + ",debug-threads=on");
        add("-pidfile", folder.pidFile().toString()); // it is locked: a second QEMU for the same VM ends at once
        add("-uuid", hardware.uuid().toString());
        arguments.addAll(List.of("-no-user-config", "-nodefaults"));
        add("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
        add("-machine", target.machine() + ",memory-backend=ram0,dump-guest-core=off");
        add("-accel", accelerator.option());
        add("-cpu", accelerator.cpu());
        add("-smp", Integer.toString(hardware.cores()));
        add("-m", "size=" + hardware.memory() / 1024 + "k");
        option(
                "-object",
                Json.object(
                        "qom-type",
                        "memory-backend-file",
                        "id",
                        "ram0",
                        "size",
                        hardware.memory(),
                        "mem-path",
                        memoryFile.toString(),
                        "share",
                        true));
        add("-rtc", "base=utc,driftfix=slew");
        add("-action", "panic=none,watchdog=none"); // they are told as events, and somebody else decides
    }

    private void channels() {
        socket("commands");
        add("-mon", "chardev=commands,mode=control");
        socket("events");
        add("-mon", "chardev=events,mode=control");
        add(
                "-chardev",
                socketOption("console") + ",logfile=" + escaped(folder.console().toString()) + ",logappend=on");
        add("-serial", "chardev:console");
        option("-device", Json.object("driver", "virtio-serial-pci", "id", "serial0"));
        socket("agent");
        option(
                "-device",
                Json.object("driver", "virtserialport", "chardev", "agent", "name", AGENT_PORT, "id", "agent0"));
        option("-device", Json.object("driver", "virtio-balloon-pci", "id", "balloon0", "deflate-on-oom", true));
        option("-object", Json.object("qom-type", "rng-random", "id", "rng", "filename", "/dev/urandom"));
        option("-device", Json.object("driver", "virtio-rng-pci", "id", "rng0", "rng", "rng"));
        option("-device", Json.object("driver", "pvpanic-pci", "id", "pvpanic0"));
        option("-device", Json.object("driver", "i6300esb", "id", "watchdog0"));
        option("-device", Json.object("driver", target.video(), "id", "video0"));
        add("-display", "none");
        add("-vnc", "unix:" + escaped(folder.socket("vnc").toString()));
    }

    /** What devices are plugged into that do not go where the machine has room by itself. */
    private void buses(List<Disk> disks) {
        if (target.scsi() && disks.stream().anyMatch(Disk::cd)) {
            option("-device", Json.object("driver", "virtio-scsi-pci", "id", "scsi0"));
        }
        for (int port = 0; port < target.ports(); port++) {
            option(
                    "-device",
                    Json.object(
                            "driver", "pcie-root-port", "id", Target.port(port), "chassis", port + 1, "port", port));
        }
    }

    private void boot(Boot boot) throws IOException {
        if (boot instanceof Boot.Kernel kernel) {
            add("-kernel", kernel.image().toString());
            Path initramfs = kernel.initramfs();
            if (initramfs != null) {
                add("-initrd", initramfs.toString());
            }
            if (!kernel.commandLine().isEmpty()) {
                add("-append", kernel.commandLine());
            }
        } else {
            target.firmware().ifPresent(file -> add("-bios", file.toString()));
        }
    }

    /** What {@code blockdev-add} takes as well. */
    public static Map<String, Object> node(Disk disk) {
        Map<String, Object> node = new LinkedHashMap<>();
        if (disk.source() instanceof Disk.Source.Nbd nbd) {
            node.putAll(Json.object(
                    "driver", "nbd",
                    "server", Json.object("type", "unix", "path", nbd.socket().toString()),
                    "export", nbd.export(),
                    "reconnect-delay", nbd.reconnect().toSeconds(),
                    "discard", "unmap"));
        } else if (disk.source() instanceof Disk.Source.RawFile raw) {
            node.putAll(Json.object("driver", "file", "filename", raw.file().toString(), "discard", "unmap"));
        }
        node.put("node-name", nodeName(disk));
        node.put("read-only", disk.readOnly());
        return node;
    }

    /** What {@code device_add} takes as well. */
    public static Map<String, Object> device(Disk disk, Target target) {
        if (disk.cd()) {
            String drive = target.scsi() ? "scsi-cd" : "ide-cd";
            return Json.object("driver", drive, "id", disk.id(), "drive", nodeName(disk), "serial", serial(disk));
        }
        return Json.object(
                "driver", "virtio-blk-pci", "id", disk.id(), "drive", nodeName(disk), "serial", serial(disk));
    }

    /** ATA and virtio-blk have room for 20 characters. */
    private static String serial(Disk disk) {
        return disk.id().substring(0, Math.min(20, disk.id().length()));
    }

    /** What {@code device_add} takes as well. */
    public static Map<String, Object> device(Nic nic) {
        return Json.object("driver", "virtio-net-pci", "id", nic.id(), "netdev", netName(nic), "mac", nic.mac());
    }

    static String nodeName(Disk disk) {
        return nodeName(disk.id());
    }

    /** How QEMU calls what is beneath a disk's device. */
    public static String nodeName(String device) {
        return "node-" + device;
    }

    private static String netName(Nic nic) {
        return netName(nic.id());
    }

    /** How QEMU calls what is beneath a network device. */
    public static String netName(String device) {
        return "net-" + device;
    }

    /** What {@code netdev_add} takes. */
    public static Map<String, Object> backend(Nic nic) {
        if (nic.network() instanceof Nic.Network.Tap tap) {
            return Json.object(
                    "type", "tap", "id", netName(nic), "ifname", tap.device(), "script", "no", "downscript", "no");
        }
        Map<String, Object> user = Json.object("type", "user", "id", netName(nic));
        if (nic.network() instanceof Nic.Network.Isolated) {
            user.put("restrict", true);
        }
        return user;
    }

    private static String netdev(Nic nic) {
        if (nic.network() instanceof Nic.Network.Tap tap) {
            return "tap,id=" + netName(nic) + ",ifname=" + escaped(tap.device()) + ",script=no,downscript=no";
        }
        String restrict = nic.network() instanceof Nic.Network.Isolated ? ",restrict=on" : "";
        return "user,id=" + netName(nic) + restrict;
    }

    private void socket(String name) {
        add("-chardev", socketOption(name));
    }

    private String socketOption(String name) {
        return "socket,id=" + name + ",path=" + escaped(folder.socket(name).toString()) + ",server=on,wait=off";
    }

    private void option(String name, Map<String, Object> value) {
        add(name, new String(Json.write(value), StandardCharsets.UTF_8));
    }

    private void add(String name, String value) {
        arguments.add(name);
        arguments.add(value);
    }

    private static String escaped(String value) {
        return value.replace(",", ",,");
    }
}
