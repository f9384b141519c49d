package org.vinestock.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.simulation.fault.Fault;

/**
 * The same seed gives the same run in another JVM, to the last byte of the ledger: other hash codes, another collector, no
 * just-in-time compiler but the quickest, another time zone, language and encoding.
 */
class OtherJvmTest {
    private static final int SEEDS = 6;

    @Test
    void runsTheSameToTheLastByte() throws IOException {
        assertEquals(Digests.of(SEEDS, Setup.SOUND), inAnotherJvm());
    }

    @Test
    void findsWhatOnlyAnotherJvmCanTell() throws IOException {
        Fault fault = Fault.GOES_THE_WAY_OF_A_JVM;
        assertEquals(Digests.of(SEEDS, fault.setup()), Digests.of(SEEDS, fault.setup()), "in one JVM nobody can tell");
        assertNotEquals(Digests.of(SEEDS, fault.setup()), inAnotherJvm(fault.name()));
    }

    private static String inAnotherJvm(String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=2",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=Pacific/Kiritimati",
                "-Duser.language=tr",
                "-Dfile.encoding=US-ASCII",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Digests.class.getName(),
                String.valueOf(SEEDS)));
        command.addAll(List.of(more));
        Process jvm = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            jvm.destroy();
        }
    }
}
