package org.vinestock.qemu.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vinestock.qemu.machine.Accelerator;
import org.vinestock.qemu.machine.Target;
import org.vinestock.qemu.process.KeptFile;
import org.vinestock.qemu.qmp.Json;

/**
 * Finds out whether guests run by KVM here, by running one: {@code /dev/kvm} may be there and not run a guest, or abort QEMU,
 * or hang. What was found is kept until kernel, CPU or QEMU are others. For threads that may wait.
 *
 * <p>The guest is a boot sector of 5 instructions, which writes to the port of QEMU's device {@code isa-debug-exit}: the
 * status with which QEMU ends says that they were executed. On Arm it is a kernel of 4 that asks to be switched off.
 */
public final class KvmProbe {
    private static final Path KVM = Path.of("/dev/kvm");
    private static final int LIMIT_SECONDS = 10;
    private static final int SECTOR = 512;

    /** {@code isa-debug-exit} ends QEMU with twice what was written, and one. */
    private static final int WRITTEN = 0x15;

    private static final int STATUS = 2 * WRITTEN + 1;

    private final Path program;
    private final Path device;
    private final Path kept;
    private final String version;

    /**
     * A probe.
     *
     * @param program QEMU
     * @param version of it
     * @param folder keeps the verdict
     */
    public KvmProbe(Path program, String version, Path folder) {
        this(program, version, folder, KVM);
    }

    KvmProbe(Path program, String version, Path folder, Path device) {
        this.program = program;
        this.version = version;
        this.kept = folder.resolve("kvm.json");
        this.device = device;
    }

    /** Looks, or remembers. */
    public Verdict verdict() throws InterruptedException {
        if (!Target.of(program).isNative()) {
            return new Verdict(Accelerator.TCG, program.getFileName() + " is not of this machine's CPU");
        }
        if (!Files.exists(device)) {
            return new Verdict(Accelerator.TCG, "there is no " + device);
        }
        if (!Files.isReadable(device) || !Files.isWritable(device)) {
            return new Verdict(Accelerator.TCG, device + " may not be used by this user; add it to the group kvm");
        }
        String about = about();
        Verdict known = known(about);
        if (known != null) {
            return known;
        }
        Verdict found = looked();
        try {
            KeptFile.replace(
                    kept,
                    Json.write(Json.object(
                            "about",
                            about,
                            "kvm",
                            found.accelerator() == Accelerator.KVM,
                            "because",
                            found.because())));
        } catch (IOException e) {
            return found; // it is looked at again the next time
        }
        return found;
    }

    private @Nullable Verdict known(String about) {
        try {
            Map<String, @Nullable Object> json = Json.read(Files.readAllBytes(kept));
            if (about.equals(json.get("about"))) {
                boolean kvm = Boolean.TRUE.equals(json.get("kvm"));
                return new Verdict(kvm ? Accelerator.KVM : Accelerator.TCG, String.valueOf(json.get("because")));
            }
        } catch (IOException | IllegalArgumentException e) {
            // then it is looked at
        }
        return null;
    }

    private String about() {
        return "QEMU " + version + ", Linux " + System.getProperty("os.version") + ", " + Cpu.model();
    }

    private Verdict looked() throws InterruptedException {
        boolean pc = Target.of(program) == Target.PC;
        Path guest = null;
        try {
            guest = Files.createTempFile("vinestock-probe", ".raw");
            Files.write(guest, pc ? sector() : image());
            Process process = new ProcessBuilder(arguments(program, guest, Accelerator.KVM))
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
                return new Verdict(Accelerator.TCG, "a probe guest by KVM did not run within " + LIMIT_SECONDS + " s");
            }
            return process.exitValue() == (pc ? STATUS : 0)
                    ? new Verdict(Accelerator.KVM, "a probe guest ran by KVM")
                    : new Verdict(
                            Accelerator.TCG,
                            "QEMU ended with " + process.exitValue() + " when a probe guest was to run by KVM");
        } catch (IOException e) {
            return new Verdict(Accelerator.TCG, "a probe guest could not be started: " + e.getMessage());
        } finally {
            delete(guest);
        }
    }

    /** The program and its arguments. */
    static List<String> arguments(Path program, Path guest, Accelerator accelerator) {
        boolean pc = Target.of(program) == Target.PC;
        boolean kvm = accelerator == Accelerator.KVM;
        List<String> arguments = new ArrayList<>(List.of(
                program.toString(),
                "-accel",
                kvm ? "kvm" : "tcg",
                "-cpu",
                kvm ? "host" : "max",
                "-machine",
                pc ? "pc" : "virt,gic-version=max",
                "-m",
                "16",
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-no-reboot"));
        arguments.addAll(
                pc
                        ? List.of(
                                "-device",
                                "isa-debug-exit,iobase=0xf4,iosize=0x04",
                                "-drive",
                                "file=" + guest + ",format=raw,if=ide")
                        : List.of("-kernel", guest.toString()));
        return arguments;
    }

    private static void delete(@Nullable Path disk) {
        try {
            if (disk != null) {
                Files.deleteIfExists(disk);
            }
        } catch (IOException e) {
            disk.toFile().deleteOnExit();
        }
    }

    /** {@code mov al, 0x15; mov dx, 0xf4; out dx, al; cli; hlt}, and the mark of a boot sector. */
    static byte[] sector() {
        byte[] sector = new byte[SECTOR];
        int[] code = {0xb0, WRITTEN, 0xba, 0xf4, 0x00, 0xee, 0xfa, 0xf4};
        for (int i = 0; i < code.length; i++) {
            sector[i] = (byte) code[i];
        }
        sector[SECTOR - 2] = 0x55;
        sector[SECTOR - 1] = (byte) 0xaa;
        return sector;
    }

    /**
     * {@code movz w0, #8; movk w0, #0x8400, lsl #16; hvc #0; b .}: PSCI's SYSTEM_OFF, by the numbers of Arm's document DEN 0022,
     * upon which QEMU ends with 0.
     */
    static byte[] image() {
        ByteBuffer image = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        image.putInt(0x52800100).putInt(0x72b08000).putInt(0xd4000002).putInt(0x14000000);
        return image.array();
    }

    /** The version that a program says it is of, such as {@code 7.2.22}; empty if it says none. */
    public static String versionOf(Path program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        int at = said.indexOf("version ");
        return at < 0 ? "" : said.substring(at + "version ".length()).split("[ (\n]", 2)[0];
    }
}
