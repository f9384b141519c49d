package org.vinestock.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.task.TaskStatus;
import org.vinestock.testkit.Seeds;
import org.vinestock.testkit.simulation.Simulation;

/** Small sites with all that may go wrong, under some hundred seeds, each twice; and what failed once. */
class SiteSimulationTest {
    private static final int SEEDS = 120;
    private static final Path STORIES = Path.of("src/test/resources/stories");

    @TestFactory
    Stream<DynamicTest> keepsEveryInvariantAndRunsTheSameAgain() {
        return Seeds.of(getClass(), SEEDS, seed -> Kept.demandSound(Storyteller.story(seed), Path.of("target")));
    }

    /** A file each, as shrunk; what one broke is in its first line. */
    @TestFactory
    Stream<DynamicTest> keepsEveryInvariantInStoriesThatFailedOnce() throws IOException {
        try (Stream<Path> files = Files.list(STORIES)) {
            List<Path> stories = files.filter(file -> file.toString().endsWith(".story"))
                    .sorted()
                    .toList();
            assertTrue(!stories.isEmpty(), "no stories in " + STORIES.toAbsolutePath());
            return stories.stream()
                    .map(file -> DynamicTest.dynamicTest(
                            file.getFileName().toString(),
                            () -> Kept.demandSound(Story.read(Files.readString(file)), Path.of("target"))));
        }
    }

    @Test
    void goesAnotherWayUnderAnotherSeed() {
        assertNotEquals(
                Verdict.on(Storyteller.story(1), Setup.SOUND, false).digest(),
                Verdict.on(Storyteller.story(2), Setup.SOUND, false).digest());
    }

    /** Two sites that live side by side in one JVM, now one goes on and now the other, do not know of each other. */
    @Test
    void severalSitesLiveInOneJvm() {
        Telling one = new Telling(Storyteller.story(3), Setup.SOUND, true);
        Telling other = new Telling(Storyteller.story(4), Setup.SOUND, true);
        boolean more = true;
        while (more) {
            boolean first = one.next();
            more = other.next() || first;
        }
        assertEquals(digest(3), one.end().digest());
        assertEquals(digest(4), other.end().digest());
    }

    private static String digest(long seed) {
        return Telling.tell(Storyteller.story(seed), Setup.SOUND, false).digest();
    }

    @Test
    void readsWhatItWrote() {
        for (long seed = 1; seed <= 50; seed++) {
            Story story = Storyteller.story(seed).thatBroke("something");
            assertEquals(story, Story.read("# for people\n" + story.text()));
        }
    }

    @Test
    void triesWhatItClaimsToTry() {
        Map<String, Integer> ended = new TreeMap<>();
        StringBuilder texts = new StringBuilder();
        for (long seed = 1; seed <= 60; seed++) {
            Simulation site = Telling.tell(Storyteller.story(seed), Setup.SOUND, false);
            for (TaskStatus task : site.tasks().newest(10_000)) {
                ended.merge(task.operation() + ' ' + task.state(), 1, Integer::sum);
                texts.append(task.message()).append('\n');
            }
            texts.append(site.ledger());
        }
        for (String each : List.of(
                "vm.create DONE",
                "vm.create FAILED",
                "vm.create CANCELLED",
                "vm.delete DONE",
                "vm.stop FAILED",
                "vm.recover DONE",
                "vm.recover FAILED",
                "vm.remove-copy DONE",
                "vm.start DONE",
                "vm.stop DONE",
                "strategy.promote DONE",
                "strategy.rollback DONE",
                "platform.freeze DONE",
                "host.maintenance DONE")) {
            assertTrue(ended.getOrDefault(each, 0) > 0, each + " never happened: " + ended);
        }
        for (String each : List.of(
                "does not answer",
                "did not answer within 3 s",
                "by rule",
                "full",
                "taken back since before a restart",
                "threw java.lang.IllegalStateException: on purpose",
                "did not answer within 5 ms",
                "answered null",
                " broke ",
                "the breaker of ")) {
            assertTrue(texts.indexOf(each) >= 0, () -> "nobody was told: " + each);
        }
    }
}
