package org.vinestock.dataplane.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.RawDevice;
import org.vinestock.dataplane.engine.medium.FileMedium;

/** The clients that people use, on a raw file. */
@Timeout(120)
class RealClientsTest {
    private static final int SIZE = 16 << 20;

    @TempDir
    Path folder;

    private final IoThreads threads = new IoThreads("test-io", 2);
    private Serving serving;
    private Path disk;
    private RawDevice device;
    private String uri;

    @BeforeEach
    void start() throws IOException {
        disk = Files.write(folder.resolve("disk.raw"), new byte[SIZE]);
        device = new RawDevice(FileMedium.open(disk, true), threads);
        serving = new Serving();
        serving.exports.add(new Export(
                "disk",
                "",
                device,
                true,
                false,
                false,
                Map.of("b", new HandshakeTest.EveryOther()),
                new Traffic(SIZE)));
        uri = "nbd+unix:///disk?socket=" + serving.socket;
    }

    @AfterEach
    void stop() throws IOException {
        serving.close();
        device.close();
        threads.close();
    }

    /** Runs a program that must succeed, and returns what it prints; without it the test is skipped, or fails where all must be there. */
    private String call(String... words) throws IOException, InterruptedException {
        boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, words[0])));
        if (!"required".equals(System.getenv("VINESTOCK_REAL"))) {
            Assumptions.assumeTrue(there, () -> words[0] + " is not installed");
        }
        assertTrue(there, () -> words[0] + " is not installed");
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(100, TimeUnit.SECONDS), () -> words[0] + " does not end");
        String said = Files.readString(output);
        assertEquals(0, process.exitValue(), () -> String.join(" ", words) + "\n" + said);
        return said;
    }

    private Path random() throws IOException {
        byte[] bytes = new byte[SIZE];
        new Random(5).nextBytes(bytes);
        Arrays.fill(bytes, 1 << 20, 6 << 20, (byte) 0);
        return Files.write(folder.resolve("random.raw"), bytes);
    }

    @Test
    void qemuIoReadsWhatItWrote() throws Exception {
        List<String> words = new ArrayList<>(List.of("qemu-io", "-f", "raw", uri));
        for (String command : List.of(
                "write -P 7 1M 3M",
                "read -P 7 1M 3M",
                "write -z 1M 64k",
                "read -P 0 1M 64k",
                "write -zu 2M 64k",
                "read -P 0 2M 64k",
                "discard 3M 512k",
                "flush",
                "write -f -P 9 5M 8M",
                "read -P 9 5M 8M",
                "aio_write -P 3 1 511",
                "aio_flush",
                "read -P 3 1 511")) {
            words.addAll(List.of("-c", command));
        }
        String said = call(words.toArray(String[]::new));
        assertTrue(!said.contains("failed") && !said.contains("error"), said);
    }

    @Test
    void qemuImgConvertsComparesAndMaps() throws Exception {
        Path random = random();
        call("qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", random.toString(), uri);
        assertEquals(-1, Files.mismatch(random, disk));
        call("qemu-img", "compare", "-f", "raw", "-F", "raw", random.toString(), uri);
        Path back = folder.resolve("back.qcow2");
        call("qemu-img", "convert", "-f", "raw", "-O", "qcow2", uri, back.toString());
        call("qemu-img", "compare", "-f", "qcow2", "-F", "raw", back.toString(), uri);
        String map = call("qemu-img", "map", "--output=json", "-f", "raw", uri);
        assertTrue(map.contains("\"zero\": true"), map);
        String dirty = call(
                "qemu-img",
                "map",
                "--output=json",
                "--image-opts",
                "driver=nbd,export=disk,server.type=unix,server.path=" + serving.socket
                        + ",x-dirty-bitmap=qemu:dirty-bitmap:b");
        assertTrue(
                dirty.contains(
                                "\"start\": 4096, \"length\": 4096, \"depth\": 0, \"present\": true, \"zero\": false, \"data\": false")
                        || dirty.lines().count() > 100,
                dirty);
    }

    @Test
    void libnbdToolsCopyAndDescribe() throws Exception {
        Path random = random();
        call("nbdcopy", random.toString(), uri);
        assertEquals(-1, Files.mismatch(random, disk));
        Path back = folder.resolve("back.raw");
        call("nbdcopy", "--connections=4", uri, back.toString());
        assertEquals(-1, Files.mismatch(random, back));
        String info = call("nbdinfo", uri);
        assertTrue(info.contains("qemu:dirty-bitmap:b") && info.contains("can_multi_conn: true"), info);
        assertTrue(call("nbdinfo", "--list", "nbd+unix:///?socket=" + serving.socket)
                .contains("export=\"disk\""));
        assertTrue(call("nbdinfo", "--map", uri).contains("zero"));
    }

    @Test
    void fioFindsWhatItWrote() throws Exception {
        call(
                "fio",
                "--name=verify",
                "--ioengine=nbd",
                "--uri=" + uri,
                "--rw=randrw",
                "--bsrange=512-64k",
                "--bs_unaligned",
                "--iodepth=32",
                "--size=" + SIZE,
                "--verify=crc32c",
                "--verify_fatal=1");
    }

    @Test
    void certificatesDecideWhoIsServed() throws Exception {
        certificates();
        Exports exports = new Exports();
        exports.add(Export.of("disk", device, true));
        List<String> log = new CopyOnWriteArrayList<>();
        ServerLimits limits = new ServerLimits(8, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ZERO);
        try (NbdServer server = new NbdServer(exports, limits, Certificates.load(folder), true, log::add)) {
            int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .getPort();
            String secure = "nbds://localhost:" + port + "/disk?tls-certificates=" + folder;
            Path random = random();
            call("nbdcopy", random.toString(), secure);
            assertEquals(-1, Files.mismatch(random, disk), log::toString);
            String[] qemu = {
                "qemu-img",
                "compare",
                "--object",
                "tls-creds-x509,id=t,dir=" + folder + ",endpoint=client",
                "--image-opts",
                "driver=file,filename=" + random,
                "driver=nbd,export=disk,tls-creds=t,server.type=inet,server.host=localhost,server.port=" + port
            };
            call(qemu);
            assertTrue(refused("nbdinfo", "nbd://localhost:" + port + "/disk"), "without TLS nothing is told");
            for (String own : List.of("client-cert.pem", "client-key.pem")) {
                Files.delete(folder.resolve(own));
            }
            assertTrue(refused("nbdinfo", secure), "without a certificate nobody is served");
        }
    }

    private static boolean refused(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() != 0;
    }

    private void certificates() throws IOException, InterruptedException {
        String in = folder + "/";
        call(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=ca",
                "-keyout",
                in + "ca-key.pem",
                "-out",
                in + "ca-cert.pem");
        Path names = Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost\n");
        for (String who : List.of("server", "client")) {
            call(
                    "openssl",
                    "req",
                    "-newkey",
                    "rsa:2048",
                    "-nodes",
                    "-subj",
                    "/CN=" + who,
                    "-keyout",
                    in + who + "-key.pem",
                    "-out",
                    in + who + ".csr");
            call(
                    "openssl",
                    "x509",
                    "-req",
                    "-days",
                    "2",
                    "-in",
                    in + who + ".csr",
                    "-CA",
                    in + "ca-cert.pem",
                    "-CAkey",
                    in + "ca-key.pem",
                    "-CAcreateserial",
                    "-extfile",
                    names.toString(),
                    "-out",
                    in + who + "-cert.pem");
        }
    }
}
