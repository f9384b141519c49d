package org.vinestock.kernel.strategies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.kernel.json.JsonCodec;

class FileStateLogTest {
    @TempDir
    Path directory;

    private static Kept line(String key, String value) {
        return new Kept("strategy", key, value, "because \"ä\\\n", "ann", Instant.EPOCH);
    }

    private FileStateLog open() throws IOException {
        return new FileStateLog(directory.resolve("state/decisions.log"), new JsonCodec(), false);
    }

    @Test
    void keepsALineAlsoWhenItWaitsForTheDisk() throws IOException {
        try (FileStateLog log = new FileStateLog(file(), new JsonCodec())) {
            log.keep(line("a", "ACTIVE"));
        }
        try (FileStateLog log = open()) {
            assertEquals(List.of(line("a", "ACTIVE")), log.kept());
        }
    }

    private Path file() {
        return directory.resolve("state/decisions.log");
    }

    @Test
    void keepsTheNewestLineOfEachKey() throws IOException {
        try (FileStateLog log = open()) {
            log.keep(line("a", "SHADOW"));
            log.keep(line("b", "SHADOW"));
            log.keep(line("a", "ACTIVE"));
            log.keep(line("c", "SHADOW"));
            log.keep(line("c", ""));
        }
        try (FileStateLog log = open()) {
            assertEquals(List.of(line("b", "SHADOW"), line("a", "ACTIVE")), log.kept());
        }
    }

    @Test
    void cutsOffALastLineTornAtAnyByte() throws IOException {
        List<Kept> all = List.of(line("a", "SHADOW"), line("b", "ACTIVE"), line("c", "STANDBY"));
        try (FileStateLog log = open()) {
            for (Kept line : all) {
                log.keep(line);
            }
        }
        byte[] whole = Files.readAllBytes(file());
        int last = lastLine(whole);
        for (int length = last; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            List<Kept> expected = new ArrayList<>(all.subList(0, length == whole.length ? 3 : 2));
            try (FileStateLog log = open()) {
                assertEquals(expected, log.kept(), "torn after " + length + " bytes");
                log.keep(line("d", "RETIRED"));
            }
            expected.add(line("d", "RETIRED"));
            try (FileStateLog log = open()) {
                assertEquals(expected, log.kept(), "written after it was torn at " + length);
                assertEquals(0, log.damaged());
            }
        }
    }

    @Test
    void passesOverALineInTheMiddleOfWhichAnyByteChanged() throws IOException {
        try (FileStateLog log = open()) {
            log.keep(line("a", "SHADOW"));
            log.keep(line("b", "ACTIVE"));
            log.keep(line("c", "STANDBY"));
        }
        byte[] whole = Files.readAllBytes(file());
        int begin = whole.length / 3;
        for (int i = begin; i < 2 * begin - 1; i++) {
            byte[] changed = whole.clone();
            changed[i] = (byte) (changed[i] == 'x' ? 'y' : 'x');
            Files.write(file(), changed);
            try (FileStateLog log = open()) {
                assertEquals(List.of(line("a", "SHADOW"), line("c", "STANDBY")), log.kept());
                assertEquals(1, log.damaged());
            }
        }
    }

    @Test
    void staysShortHoweverOftenStatesChange() throws IOException {
        Random random = new Random(7);
        List<Kept> expected;
        try (FileStateLog log = open()) {
            StateLog model = StateLog.memory();
            for (int i = 0; i < 5_000; i++) {
                Kept line = line("key-" + random.nextInt(20), random.nextInt(5) == 0 ? "" : "value-" + i);
                log.keep(line);
                model.keep(line);
            }
            expected = model.kept();
        }
        assertTrue(Files.size(file()) < 200_000, Files.size(file()) + " bytes");
        try (FileStateLog log = open()) {
            assertEquals(expected, log.kept());
        }
    }

    private static int lastLine(byte[] whole) {
        int at = whole.length - 2;
        while (whole[at] != '\n') {
            at--;
        }
        return at + 1;
    }
}
