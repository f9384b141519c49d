package org.vinestock.testkit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;

/** Kills processes that write to one database, one after the other, and looks after each at what there is. */
final class Killings {
    private static final int MOST_ACKNOWLEDGED = 250;

    private final String which;
    private final String url;
    private final SplittableRandom random;
    /** What was acknowledged, by its number or its group. */
    private final TreeMap<Long, Integer> groupOf = new TreeMap<>();

    private final TreeMap<Long, String> sums = new TreeMap<>();
    private final TreeMap<Integer, Long> newestOf = new TreeMap<>();
    private long counter;
    private int acknowledged;
    private long seed;
    private Process next;

    Killings(String which, String url, long seed) {
        this.which = which;
        this.url = url;
        this.seed = seed * 1_000;
        random = new SplittableRandom(seed);
    }

    /** How much was acknowledged in all. */
    int acknowledged() {
        return acknowledged;
    }

    /** Kills so often by {@code killer} and looks each time. */
    void run(int kills, Killer killer) throws IOException {
        try {
            for (int kill = 0; kill < kills; kill++) {
                Process victim = next();
                next = null;
                if (kill < kills - 1) {
                    next = start(); // while the other one lives
                }
                live(victim, killer);
                look();
            }
        } finally {
            if (next != null) {
                next.destroyForcibly();
            }
        }
    }

    /** Ends a process that writes, at once. */
    @FunctionalInterface
    interface Killer {
        void kill(Process victim) throws IOException;
    }

    private Process next() throws IOException {
        return next == null ? start() : next;
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Victim.class.getName(),
                        which,
                        url,
                        String.valueOf(++seed))
                .redirectError(Redirect.INHERIT)
                .start();
    }

    /** Lets a victim begin, kills it at any moment, and takes in all that it acknowledged. */
    private void live(Process victim, Killer killer) throws IOException {
        int wanted = random.nextInt(8) == 0 ? -1 : random.nextInt(MOST_ACKNOWLEDGED);
        victim.getOutputStream().write('\n');
        victim.getOutputStream().flush();
        boolean killed = false;
        int heard = 0;
        try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("lost")) {
                    assertTrue(killed, line);
                } else if (!line.equals("opening") && !line.equals("ready")) {
                    heard(line.split(" ", -1));
                    heard++;
                }
                boolean opening = line.equals("opening") && wanted < 0;
                if (!killed && (opening || (wanted >= 0 && heard >= wanted && !line.equals("opening")))) {
                    killed = true;
                    spin(random.nextLong(opening ? 300_000_000 : 3_000_000));
                    killer.kill(victim);
                }
            }
        }
        victim.onExit().join();
        assertTrue(killed, "a victim ended by itself, with " + victim.exitValue());
    }

    private static void spin(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private void heard(String[] words) {
        acknowledged++;
        switch (words[0]) {
            case "r" -> {
                long revision = Long.parseLong(words[1]);
                groupOf.put(revision, Integer.valueOf(words[2]));
                newestOf.merge(Integer.valueOf(words[2]), revision, Math::max);
            }
            case "l" -> sums.put(Long.valueOf(words[1]), words[2]);
            default -> counter = Math.max(counter, Long.parseLong(words[1]));
        }
    }

    /** Opens the store, which reads all and finds gaps, and compares. */
    private void look() {
        try (SqlTrial trial = new SqlTrial(source(), Victim.SETTINGS)) {
            revisions(trial);
            lines(trial);
        }
    }

    private javax.sql.DataSource source() {
        return which.equals("h2") ? Databases.h2(url) : Databases.postgres(url);
    }

    private void revisions(SqlTrial trial) {
        Inventory inventory = trial.inventory();
        long head = inventory.head().ref().revision();
        long newest = groupOf.isEmpty() ? 0 : groupOf.lastKey();
        assertTrue(head >= newest, "revision " + newest + " was acknowledged, and the newest is " + head);
        newestOf.forEach((group, revision) -> {
            long shown = shown(inventory.head(), group);
            assertTrue(shown >= revision, "group " + group + " shows " + shown + ", acknowledged was " + revision);
        });
        for (long revision : last(new ArrayList<>(groupOf.keySet()))) {
            Snapshot then = trial.await(inventory.at(new SnapshotRef(revision, 0)));
            assertEquals(revision, shown(then, groupOf.get(revision)), "what revision " + revision + " wrote");
        }
    }

    /** The revision that all rows of a group show; 0 = there are none. */
    private static long shown(Snapshot snapshot, int group) {
        List<Long> shown = new ArrayList<>();
        for (int member = 0; member < Victim.MEMBERS; member++) {
            snapshot.rows(Victim.VM).find(Victim.member(group, member)).ifPresent(row -> shown.add(row.millicores()));
        }
        assertTrue(
                shown.isEmpty()
                        || (shown.size() == Victim.MEMBERS
                                && shown.stream().distinct().count() == 1),
                "group " + group + " is shown in part: " + shown);
        return shown.isEmpty() ? 0 : shown.get(0);
    }

    private static List<Long> last(List<Long> all) {
        return all.subList(Math.max(0, all.size() - 20), all.size());
    }

    private void lines(SqlTrial trial) {
        Journal journal = trial.store.journal();
        List<Line> lines = trial.await(journal.read(Victim.LINES, 0, Integer.MAX_VALUE));
        TreeMap<Long, String> found = new TreeMap<>();
        long before = 0;
        for (Line line : lines) {
            assertTrue(line.number() > before, "line " + line.number() + " comes after " + before);
            before = line.number();
            String[] parts = line.text().split(" ", -1);
            assertEquals(String.valueOf(Victim.sum(parts[0])), parts[1], "the check sum of line " + line.number());
            found.put(line.number(), parts[1]);
        }
        sums.forEach((number, sum) -> assertEquals(sum, found.get(number), "line " + number));
        assertEquals(
                lines.size(), trial.await(journal.about(Victim.LINES, "line")).size());
        List<Line> counters = trial.await(journal.read(Victim.COUNTER, 0, 10));
        assertTrue(counters.size() <= 1, "the counter has several lines: " + counters);
        if (counter > 0) {
            long kept = Long.parseLong(counters.get(0).text());
            assertTrue(kept >= counter, "the counter is at " + kept + ", acknowledged was " + counter);
        }
    }
}
