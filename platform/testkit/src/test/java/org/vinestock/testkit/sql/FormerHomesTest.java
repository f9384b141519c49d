package org.vinestock.testkit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.audit.Deed;
import org.vinestock.journal.Line;
import org.vinestock.store.audit.AnchorFile;

/**
 * The databases of former versions, one for each migration that was once the newest; the container's tests have them, too.
 * Their rows are of areas that are not here, and are kept as they are.
 */
class FormerHomesTest {
    private static final Path HOMES = Path.of("../../itests/distribution/src/test/resources/homes");

    @TempDir
    private Path folder;

    @Test
    void areMigratedAndFoundWholeAsOftenAsTheyAreOpened() throws IOException, InterruptedException {
        List<Path> homes;
        try (Stream<Path> all = Files.list(HOMES)) {
            homes = all.filter(each -> String.valueOf(each.getFileName()).matches("schema-\\d+\\.tar\\.gz"))
                    .sorted()
                    .toList();
        }
        assertTrue(homes.size() >= 1, "there are no former homes in " + HOMES);
        for (Path packed : homes) {
            Path home = unpack(packed);
            DataSource source = Databases.h2(home.resolve("state"));
            for (int start = 1; start <= 2; start++) {
                try (SqlTrial trial =
                        new SqlTrial(source, SqlTrial.SETTINGS, new AnchorFile(home.resolve("state/audit.head")))) {
                    assertEquals(30, trial.inventory().head().ref().revision(), packed.toString());
                    assertTrue(
                            trial.store.unread().keySet().containsAll(List.of("host", "placement.rule", "vm")),
                            trial.store.unread().toString());
                    List<Line> tasks = trial.await(trial.store.journal().read("task", 0, 1_000));
                    assertEquals(13, tasks.stream().map(Line::key).distinct().count(), "tasks of " + packed);
                    assertEquals(
                            List.of("decision", "epoch", "task"),
                            trial.await(trial.store.journal().read("reserved", 0, 10)).stream()
                                    .map(Line::key)
                                    .sorted()
                                    .toList());
                    long rows = trial.await(trial.store.audit().verify()).rows();
                    assertEquals(rows + 1, trial.await(trial.store.audit().tell(new Deed("ann", "test", "", ""))));
                    assertEquals(
                            List.of(), trial.await(trial.store.audit().verify()).faults());
                }
            }
        }
    }

    private Path unpack(Path packed) throws IOException, InterruptedException {
        Path home = Files.createDirectory(folder.resolve(String.valueOf(packed.getFileName())));
        Process tar = new ProcessBuilder("tar", "-xzf", packed.toAbsolutePath().toString())
                .directory(home.toFile())
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor(), packed + " cannot be unpacked");
        return home;
    }
}
