package org.vinestock.dataplane.engine.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.Qemu;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.RawDevice;
import org.vinestock.dataplane.engine.qcow2.CreateOptions;
import org.vinestock.dataplane.engine.qcow2.OpenOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;
import org.vinestock.dataplane.engine.qcow2.Qcow2Device;

/** QEMU's tools and we, on the same images. */
@Timeout(60)
class ImageLocksTest {
    private final IoThreads threads = new IoThreads("test-locks", 1);

    @TempDir
    private Path folder;

    private Path image;
    private Path base;

    @BeforeEach
    void images() throws IOException {
        Qemu.needed();
        base = Files.write(folder.resolve("base"), new byte[1 << 20]);
        image = folder.resolve("image");
        Qcow2.create(image, CreateOptions.of(1 << 20).backedBy("base", "raw"), threads);
    }

    @AfterEach
    void stop() {
        threads.close();
    }

    private static String refused(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), said);
        return said;
    }

    /** Has QEMU open an image until the process is killed. */
    private static Process using(Path image, String format, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("qemu-io", "-f", format));
        command.addAll(List.of(more));
        command.add(image.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.outputWriter().write("length\n");
        process.outputWriter().flush();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        assertTrue(line != null && line.contains("1 MiB"), "qemu-io said " + line);
        return process;
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static void assertInUse(Path file, Executable opening) {
        String said = assertThrows(IOException.class, opening).getMessage();
        assertTrue(said.startsWith(file + ": another program uses it"), said);
    }

    @Test
    void qemuDoesNotWriteToWhatWeHaveOpen() throws Exception {
        try (Qcow2Device device = Qcow2.open(image, OpenOptions.forWriting(), threads)) {
            assertTrue(device.writable());
            String said = refused("qemu-io", "-f", "qcow2", "-c", "write 0 1", image.toString());
            assertTrue(said.contains("lock"), said);
            said = refused("qemu-img", "resize", "-f", "qcow2", image.toString(), "2M");
            assertTrue(said.contains("lock"), said);
            said = refused("qemu-io", "-f", "raw", "-c", "write 0 1", base.toString());
            assertTrue(said.contains("lock"), said);
            Qemu.img("info", "-f", "raw", base);
        }
        Qemu.io(image, "write 0 1");
    }

    @Test
    void qemuReadsWhatWeRead() throws Exception {
        try (Qcow2Device device = Qcow2.open(image, OpenOptions.readOnly(), threads)) {
            assertEquals(1 << 20, device.size());
            Qemu.img("convert", "-f", "qcow2", "-O", "raw", image, folder.resolve("copy"));
            Qemu.img("compare", "-f", "qcow2", "-F", "raw", image, base);
            refused("qemu-io", "-f", "qcow2", "-c", "write 0 1", image.toString());
        }
    }

    @Test
    void weDoNotOpenWhatQemuWritesTo() throws Exception {
        Process qemu = using(image, "qcow2");
        try {
            assertInUse(image, () -> Qcow2.open(image, OpenOptions.forWriting(), threads));
            assertInUse(image, () -> Qcow2.open(image, OpenOptions.readOnly(), threads));
            assertInUse(image, () -> Qcow2.check(image, true));
            new RawDevice(FileMedium.open(base, false), threads).close();
            try (FileMedium look = FileMedium.open(image, false)) {
                assertTrue(look.size() > 0, "looking is possible");
            }
        } finally {
            kill(qemu);
        }
        Qcow2.open(image, OpenOptions.forWriting(), threads).close();
    }

    @Test
    void weDoNotWriteToWhatQemuReads() throws Exception {
        Process qemu = using(image, "qcow2", "-r");
        try {
            assertInUse(image, () -> Qcow2.open(image, OpenOptions.forWriting(), threads));
            Qcow2.open(image, OpenOptions.readOnly(), threads).close();
        } finally {
            kill(qemu);
        }
    }

    @Test
    void rawImagesAreLockedToo() throws Exception {
        try (RawDevice device = new RawDevice(FileMedium.open(base, true), threads)) {
            assertTrue(device.writable());
            String said = refused("qemu-img", "resize", "-f", "raw", base.toString(), "2M");
            assertTrue(said.contains("lock"), said);
        }
        Process qemu = using(base, "raw");
        try {
            assertInUse(base, () -> FileMedium.open(base, true));
        } finally {
            kill(qemu);
        }
        FileMedium.open(base, true).close();
    }

    @Test
    void whatOneOfUsClosesTheOtherStillKeeps() throws Exception {
        try (FileMedium reader = FileMedium.open(base, false)) {
            reader.keepStill();
            FileMedium.open(base, true).close();
            Qemu.img("info", "-f", "raw", base);
            refused("qemu-io", "-f", "raw", "-c", "write 0 1", base.toString());
        }
        Qemu.img("resize", "-f", "raw", base, "2M");
    }
}
