package org.vinestock.testkit.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.testkit.sql.Databases;

/** A process that archives as fast as it can and says what is durable, until it is killed. */
final class ArchiveVictim {
    private ArchiveVictim() {}

    /** Goes on behind what there is; the argument is the database's folder. */
    public static void main(String[] arguments) {
        ArchiveTrial trial = new ArchiveTrial(Databases.h2(Path.of(arguments[0])), ArchiveTrial.ALL, Clock.systemUTC());
        long next = trial.archive.state().newest();
        long said = next;
        while (true) {
            long durable = trial.archive.state().newest();
            if (durable > said) {
                said = durable;
                System.out.println(durable);
            }
            if (next - durable < 50) {
                long number = ++next;
                trial.archive.append(
                        new ArchiveEntry(number, ArchiveTrial.TIME, "vm-" + number % 100, 0, () -> "text " + number));
            } else {
                LockSupport.parkNanos(100_000); // the thread that writes needs a processor
            }
        }
    }

    /** Runs one and kills it after so many lines of output; returns the last number that it said was durable. */
    static long runAndKill(Path folder, int lines) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process victim = new ProcessBuilder(List.of(
                        java,
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ArchiveVictim.class.getName(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long said = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                String line = out.readLine();
                if (line == null) {
                    throw new IllegalStateException("the process ended by itself");
                }
                said = Long.parseLong(line);
            }
            victim.destroyForcibly();
            victim.onExit().join();
        }
        return said;
    }
}
