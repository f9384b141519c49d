package org.vinestock.qemu.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vinestock.qemu.Programs;
import org.vinestock.qemu.machine.Accelerator;
import org.vinestock.qemu.machine.Target;

class KvmProbeTest {
    @TempDir
    private Path folder;

    /** That the probe guests are sound is seen by QEMU's translation; whether KVM runs them is for the machine to say. */
    @ParameterizedTest
    @CsvSource({"qemu-system-x86_64, qemu-system-x86, 43", "qemu-system-aarch64, qemu-system-arm, 0"})
    void itsGuestsEndQemuAsTheyShould(String name, String debianPackage, int status) throws Exception {
        Path program = Programs.find(name, debianPackage);
        boolean pc = Target.of(program) == Target.PC;
        assertEquals(status, ended(program, pc ? KvmProbe.sector() : KvmProbe.image()));
    }

    /** One that does nothing would run until it is killed. */
    @ParameterizedTest
    @CsvSource({"qemu-system-x86_64, qemu-system-x86", "qemu-system-aarch64, qemu-system-arm"})
    void aGuestWithoutItsInstructionsDoesNot(String name, String debianPackage) throws Exception {
        Path program = Programs.find(name, debianPackage);
        assertEquals(-1, ended(program, new byte[512]));
    }

    private int ended(Path program, byte[] code) throws Exception {
        Path guest = Files.write(folder.resolve("guest"), code);
        Process process = new ProcessBuilder(KvmProbe.arguments(program, guest, Accelerator.TCG))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            return process.waitFor(5, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void withoutTheDeviceOrForAnotherCpuItIsNotTried() throws Exception {
        Path x86 = Path.of("/usr/bin/qemu-system-x86_64");
        Path arm = Path.of("/usr/bin/qemu-system-aarch64");
        boolean here = Target.of(x86).isNative();
        KvmProbe probe = new KvmProbe(here ? x86 : arm, "7.2", folder, folder.resolve("no-kvm"));
        assertEquals(new Verdict(Accelerator.TCG, "there is no " + folder.resolve("no-kvm")), probe.verdict());
        KvmProbe foreign = new KvmProbe(here ? arm : x86, "7.2", folder, folder);
        assertTrue(foreign.verdict().because().contains("is not of this machine's CPU"));
    }
}
