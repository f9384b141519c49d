package org.vinestock.dataplane.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.dataplane.DataPlaneError;
import org.vinestock.dataplane.Export;
import org.vinestock.dataplane.ExportId;
import org.vinestock.dataplane.ExportSpec;
import org.vinestock.dataplane.ImageFormat;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.dataplane.Images;
import org.vinestock.dataplane.PlaneStatus;
import org.vinestock.dataplane.Watching;
import org.vinestock.dataplane.engine.process.Launch;
import org.vinestock.dataplane.provider.link.ControlLink;
import org.vinestock.dataplane.provider.link.Jars;
import org.vinestock.dataplane.provider.plane.LocalPlane;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.model.ByteCount;
import org.vinestock.model.ErrorCode;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;

/** A real process, asked, killed, replaced. */
@Timeout(120)
class LocalPlaneTest {
    private static final HostId HOST = new HostId("here");
    private static final long MIB = 1 << 20;

    @TempDir
    Path files;

    private Path folder;
    private LaneScheduler scheduler;
    private ControlLink link;
    private BlockExports exports;
    private Images images;

    @BeforeEach
    void start() throws Exception {
        folder = Files.createTempDirectory("vdp"); // paths of sockets are short, those of test folders are not
        scheduler = new LaneScheduler(2, 1, (lane, thrown) -> thrown.printStackTrace());
        open("1");
    }

    private void open(String product) throws IOException {
        link = new ControlLink(folder, jars(), product, "test", scheduler);
        LocalPlane plane = new LocalPlane(HOST, files, link, scheduler);
        exports = plane.exports(HOST).orElseThrow();
        images = plane.images(HOST).orElseThrow();
    }

    private static Jars jars() {
        return any -> List.of(place(Launch.class), place("com.sun.jna.Native"), place("com.github.luben.zstd.Zstd"));
    }

    private static Path place(String type) throws IOException {
        try {
            return place(Class.forName(type));
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static Path place(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    @AfterEach
    void end() throws Exception {
        link.close();
        // A loop that was started meanwhile, and waits for the lock, ends when it finds no folder.
        Path gone = Files.move(folder, folder.resolveSibling(folder.getFileName() + "-gone"));
        for (String name : List.of("supervisor.pid", "pid")) {
            ProcessHandle.of(Long.parseLong(Files.readString(gone.resolve(name)).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
        scheduler.close();
    }

    private static <T> T of(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static String refused(ErrorCode code, CompletionStage<?> stage) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> of(stage));
        Throwable cause = thrown.getCause();
        assertEquals(code, assertInstanceOf(VinestockException.class, cause).code());
        return String.valueOf(cause.getMessage());
    }

    private static String invalid(CompletionStage<?> stage) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> of(stage));
        return String.valueOf(assertInstanceOf(IllegalArgumentException.class, thrown.getCause())
                .getMessage());
    }

    private String file(String name) {
        return files.resolve(name).toString();
    }

    private static ExportSpec spec(String name, String format, String file, boolean writable) {
        return new ExportSpec(new ExportId(name), format, List.of(file), writable);
    }

    private static void qemu(String... command) throws Exception {
        boolean there = Files.isExecutable(Path.of("/usr/bin/" + command[0]));
        if (!"required".equals(System.getenv("VINESTOCK_REAL"))) {
            Assumptions.assumeTrue(there, command[0] + " is not installed");
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    @Test
    void makesDescribesCopiesChecksResizesAndDeletesImages() throws Exception {
        ImageInfo base = of(images.create(file("base.qcow2"), ImageFormat.QCOW2, new ByteCount(8 * MIB)));
        assertEquals("qcow2", base.format());
        assertEquals(8 * MIB, base.size().bytes());
        qemu("qemu-io", "-c", "write -P 7 1M 1M", "-f", "qcow2", file("base.qcow2"));
        ImageInfo over =
                of(images.createOverlay(file("over.qcow2"), file("base.qcow2"), "qcow2", new ByteCount(16 * MIB)));
        assertEquals(file("base.qcow2"), over.backing());
        qemu("qemu-io", "-c", "write -P 9 12M 1M", "-f", "qcow2", file("over.qcow2"));
        assertEquals(
                List.of(file("over.qcow2"), file("base.qcow2")),
                of(images.chain(file("over.qcow2"), null)).stream()
                        .map(ImageInfo::file)
                        .toList());
        ImageInfo copy =
                of(images.copy(file("over.qcow2"), "qcow2", file("copy.raw"), ImageFormat.RAW, Watching.NOBODY));
        assertEquals(16 * MIB, copy.size().bytes());
        assertTrue(copy.allocated().bytes() < 4 * MIB, "holes stay holes: " + copy);
        qemu("qemu-img", "compare", "-f", "qcow2", "-F", "raw", file("over.qcow2"), file("copy.raw"));
        assertEquals(-1L, of(images.compare(file("over.qcow2"), "qcow2", file("copy.raw"), "raw", Watching.NOBODY)));
        for (String compression : List.of("zlib", "zstd")) {
            String packed = file(compression + ".qcow2");
            of(images.copy(
                    file("over.qcow2"), "qcow2", packed, new ImageFormat("qcow2", compression), Watching.NOBODY));
            qemu("qemu-img", "check", "-f", "qcow2", packed);
            qemu("qemu-img", "compare", "-f", "qcow2", "-F", "raw", packed, file("copy.raw"));
            assertTrue(Files.size(Path.of(packed)) < MIB, "two MiB of patterns are packed");
        }
        assertEquals(MIB, of(images.compare(file("over.qcow2"), "qcow2", emptyRaw(), "raw", Watching.NOBODY)));
        assertEquals(
                List.of("0+1048576 hole", "1048576+1048576 data 1", "2097152+10485760 hole", "12582912+1048576 data 0"),
                of(images.map(file("over.qcow2"), "qcow2", 0, 4)).stream()
                        .map(extent -> extent.offset() + "+" + extent.length()
                                + (extent.data() ? " data " + extent.depth() : " hole"))
                        .toList());
        assertEquals(0, of(images.check(file("over.qcow2"), "qcow2", false)).corruptions());
        assertEquals(
                32 * MIB,
                of(images.resize(file("over.qcow2"), "qcow2", new ByteCount(32 * MIB), false))
                        .size()
                        .bytes());
        assertTrue(invalid(images.resize(file("over.qcow2"), "qcow2", new ByteCount(MIB), false))
                .contains("may shrink"));
        of(images.delete(file("over.qcow2")));
        of(images.delete(file("over.qcow2")));
        assertFalse(Files.exists(Path.of(file("over.qcow2"))));
        of(images.write(file("seed.raw"), ByteBuffer.wrap(new byte[] {1, 2, 3})));
        assertEquals(3, Files.size(Path.of(file("seed.raw"))));
    }

    private String emptyRaw() throws Exception {
        of(images.create(file("empty.raw"), ImageFormat.RAW, new ByteCount(16 * MIB)));
        return file("empty.raw");
    }

    @Test
    void refusesByNameAndLeavesNothing() throws Exception {
        of(images.create(file("a.raw"), ImageFormat.RAW, new ByteCount(MIB)));
        assertTrue(refused(DataPlaneError.EXISTS, images.create(file("a.raw"), ImageFormat.RAW, new ByteCount(MIB)))
                .contains("a.raw is there already"));
        assertTrue(refused(DataPlaneError.BAD_IMAGE, images.info(file("no.raw"), null))
                .contains("there is no such file"));
        Files.writeString(files.resolve("x.vmdk"), "KDMV and more");
        assertTrue(refused(DataPlaneError.BAD_IMAGE, images.info(file("x.vmdk"), null))
                .contains("vmdk"));
        assertTrue(refused(DataPlaneError.BAD_IMAGE, images.info(file("a.raw"), "qcow2"))
                .contains("a.raw"));
        assertTrue(invalid(images.info("relative", null)).contains("an absolute path"));
        of(exports.serve(spec("a", "raw", file("a.raw"), true)));
        for (CompletionStage<?> work : List.<CompletionStage<?>>of(
                images.delete(file("a.raw")),
                images.resize(file("a.raw"), "raw", new ByteCount(2 * MIB), false),
                images.createOverlay(file("o.qcow2"), file("a.raw"), "raw", null),
                images.copy(file("a.raw"), "raw", file("b.raw"), ImageFormat.RAW, Watching.NOBODY),
                exports.serve(spec("again", "raw", file("a.raw"), false)))) {
            assertTrue(refused(DataPlaneError.IN_USE, work).contains("it is served as a"));
        }
        of(exports.withdraw(new ExportId("a")));
        of(exports.withdraw(new ExportId("a")));
        of(images.createOverlay(file("o.qcow2"), file("a.raw"), "raw", null));
        of(exports.serve(spec("o", "qcow2", file("o.qcow2"), true)));
        assertTrue(refused(DataPlaneError.IN_USE, images.delete(file("a.raw"))).contains("served as o"));
        ExportSpec wrong = new ExportSpec(new ExportId("w"), "qcow2", List.of(file("o.qcow2"), file("x.vmdk")), true);
        of(exports.withdraw(new ExportId("o")));
        assertTrue(refused(DataPlaneError.BAD_IMAGE, exports.serve(wrong)).contains("is backed by"));
        try (Stream<Path> left = Files.list(files)) {
            assertEquals(
                    List.of("a.raw", "o.qcow2", "x.vmdk"),
                    left.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    /** Bytes that cannot be left out. */
    private void fill(String name, long length) throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        try (var out = Files.newOutputStream(files.resolve(name))) {
            for (long at = 0; at < length; at += noise.length) {
                out.write(noise);
            }
        }
    }

    @Test
    void aCopyThatIsCancelledLeavesNothing() throws Exception {
        fill("big.raw", 1024 * MIB);
        AtomicLong seen = new AtomicLong();
        Watching impatient = new Watching() {
            @Override
            public void progress(long done, long of) {
                assertEquals(1024 * MIB, of);
                seen.set(done);
            }

            @Override
            public boolean cancelled() {
                return seen.get() > 0;
            }
        };
        refused(
                DataPlaneError.CANCELLED,
                images.copy(file("big.raw"), "raw", file("copy.qcow2"), ImageFormat.QCOW2, impatient));
        assertTrue(seen.get() > 0);
        assertFalse(Files.exists(files.resolve("copy.qcow2")));
        assertFalse(Files.exists(files.resolve("copy.qcow2.part")));
    }

    @Test
    void aProcessThatIsKilledServesAgainAndLeavesNothingHalfMade() throws Exception {
        fill("big.raw", 512 * MIB);
        of(images.createOverlay(file("disk.qcow2"), file("big.raw"), "raw", null));
        of(exports.serve(spec("disk", "qcow2", file("disk.qcow2"), true)));
        PlaneStatus before = of(exports.status());
        CompletionStage<?> copying =
                images.copy(file("big.raw"), "raw", file("copy.raw"), ImageFormat.RAW, Watching.NOBODY);
        while (!Files.exists(files.resolve("copy.raw.part"))) {
            Thread.onSpinWait();
        }
        ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
        assertTrue(refused(DataPlaneError.PLANE_UNREACHABLE, copying).contains("before it answered"));
        List<Export> served = of(exports.list());
        assertEquals(
                List.of("disk"),
                served.stream().map(each -> each.spec().id().value()).toList());
        assertNull(served.get(0).problem());
        assertNotEquals(before.pid(), of(exports.status()).pid());
        assertFalse(Files.exists(files.resolve("copy.raw.part")));
        assertFalse(Files.exists(files.resolve("copy.raw")));
    }

    @Test
    void anotherVersionTakesOverAndTheFormerContainerIsRefused() throws Exception {
        of(images.create(file("disk.qcow2"), ImageFormat.QCOW2, new ByteCount(64 * MIB)));
        of(exports.serve(spec("disk", "qcow2", file("disk.qcow2"), true)));
        PlaneStatus old = of(exports.status());
        Process client = new ProcessBuilder(
                        "qemu-io",
                        "--image-opts",
                        "driver=nbd,export=disk,reconnect-delay=60,server.type=unix,server.path=" + exports.socket())
                .redirectErrorStream(true)
                .start();
        var commands = client.outputWriter();
        commands.write("write -P 5 0 1M\n");
        commands.flush();
        while (of(exports.traffic(new ExportId("disk"))).orElseThrow().writes() == 0) {
            assertTrue(client.isAlive()); // what it says comes when it ends: it is no terminal
        }
        ControlLink former = link;
        open("2");
        PlaneStatus now = of(exports.status());
        assertTrue(now.version().startsWith("2-"), now.version());
        assertNotEquals(old.pid(), now.pid());
        commands.write("read -P 5 0 1M\nwrite -P 6 1M 1M\nread -P 6 1M 1M\nflush\n");
        commands.close(); // what it has read ahead it carries out only when more comes, or the end
        refused(DataPlaneError.STALE_EPOCH, former.ask("stats", java.util.Map.of(), (done, of) -> true));
        former.close();
        String said = new String(client.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, client.waitFor(), said);
        assertFalse(said.contains("rror") || said.contains("ailed"), said);
        of(exports.withdraw(new ExportId("disk")));
        assertEquals(0, of(images.check(file("disk.qcow2"), "qcow2", false)).corruptions());
    }

    @Test
    void whatIsAskedWhileTheProcessEndsIsAnsweredByTheNextOne() throws Exception {
        long before = of(exports.status()).pid();
        assertTrue(ProcessHandle.of(before).orElseThrow().destroy());
        for (PlaneStatus now = of(exports.status()); now.pid() == before || now.pid() == 0; ) {
            assertTrue(now.problem().isEmpty() || now.problem().contains("before it answered"), now::problem);
            now = of(exports.status());
        }
    }

    @Test
    void restartsWhenAsked() throws Exception {
        long before = of(exports.status()).pid();
        assertNotEquals(before, of(exports.restart()).pid());
    }
}
