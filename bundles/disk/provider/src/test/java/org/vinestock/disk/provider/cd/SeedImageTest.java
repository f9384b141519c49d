package org.vinestock.disk.provider.cd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.testkit.Seeds;
import org.vinestock.testkit.simulation.Simulation;

/** CDs for cloud-init, read by programs that are not ours. */
class SeedImageTest {
    private static final int SECTOR = 2048;
    private static final int PRIMARY = 16 * SECTOR;
    private static final int[] LENGTHS = {0, 1, SECTOR - 1, SECTOR, SECTOR + 1, 20_000};

    @TempDir
    Path folder;

    private static SortedMap<String, String> seed() {
        return new TreeMap<>(Map.of(
                "meta-data", "instance-id: web-1\nlocal-hostname: web-1\n",
                "user-data", "#cloud-config\npassword: \u00e4\u00f6\u00fc\n",
                "network-config", "version: 2\n",
                "vendor-data", ""));
    }

    @Test
    void saysWhatItIsAndHowLongItIs() {
        byte[] image = SeedImage.of(seed());

        assertEquals("CD001", new String(image, PRIMARY + 1, 5, StandardCharsets.US_ASCII));
        assertEquals("cidata", new String(image, PRIMARY + 40, 32, StandardCharsets.US_ASCII).strip());
        assertEquals(image.length / SECTOR, ByteBuffer.wrap(image).getInt(PRIMARY + 84));
        assertEquals(0, image.length % SECTOR);
    }

    @Test
    void isTheSameForTheSameFiles() {
        assertArrayEquals(SeedImage.of(seed()), SeedImage.of(seed()));
    }

    @Test
    void fitsIntoWhatADataPlaneWritesAtOnce() {
        SortedMap<String, String> files = new TreeMap<>();
        for (int i = 0; i < 16; i++) {
            files.put("file-" + i + "-".repeat(20), "x".repeat((384 << 10) / 16));
        }
        assertTrue(SeedImage.of(files).length <= 512 << 10);
    }

    @Test
    void isFoundByItsName() throws IOException, InterruptedException {
        Path image = written("seed.iso", SeedImage.of(seed()));

        assertEquals("cidata", value(image, "LABEL"));
        assertEquals("iso9660", value(image, "TYPE"));
    }

    private static String value(Path image, String tag) throws IOException, InterruptedException {
        return run("util-linux", "blkid", "-p", "-o", "value", "-s", tag, image.toString())
                .strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "norock"}) // Rock Ridge, which is there and better; Joliet
    void isReadByOthers(String names) throws IOException, InterruptedException {
        assertEquals(seed(), read("seed", SeedImage.of(seed()), names));
    }

    @TestFactory
    Stream<DynamicTest> isReadByOthersWhateverIsInIt() {
        return Seeds.of(SeedImageTest.class, 12, seed -> {
            SortedMap<String, String> files = random(seed);
            byte[] image = SeedImage.of(files);
            assertEquals(files, read("rock-" + seed, image, "any"));
            assertEquals(files, read("joliet-" + seed, image, "norock"));
        });
    }

    /** One file or many, with names short and long, empty or up to a sector's end. */
    private static SortedMap<String, String> random(long seed) {
        RandomGenerator random = new SimulatedScheduler(seed, Simulation.START, (lane, thrown) -> {}).random("files");
        SortedMap<String, String> files = new TreeMap<>();
        int count = 1 + random.nextInt(16);
        for (int i = 0; i < count; i++) {
            String name = (char) ('a' + i) + ".x-_0".repeat(7).substring(0, random.nextInt(32));
            files.put(name.endsWith(".") ? "end" + i : name, "y".repeat(LENGTHS[random.nextInt(LENGTHS.length)]));
        }
        return files;
    }

    private SortedMap<String, String> read(String name, byte[] image, String names)
            throws IOException, InterruptedException {
        Path iso = written(name + names + ".iso", image);
        Path into = folder.resolve(name + names);
        run(
                "xorriso",
                "xorriso",
                "-osirrox",
                "on",
                "-read_fs",
                names,
                "-indev",
                iso.toString(),
                "-extract",
                "/",
                into.toString());
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(into)) {
            for (Path each : all.toList()) {
                files.put(each.getFileName().toString(), Files.readString(each));
            }
        }
        assertFalse(files.isEmpty());
        return files;
    }

    private Path written(String name, byte[] image) throws IOException {
        return Files.write(folder.resolve(name), image);
    }

    private static String run(String debianPackage, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("/usr/bin/env"));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status == 127 && !"required".equals(System.getenv("VINESTOCK_REAL"))) {
            Assumptions.abort("there is no " + command[0] + ": apt-get install " + debianPackage);
        }
        assertEquals(0, status, said);
        return said;
    }
}
