package org.vinestock.benchmarks.ledger;

import static org.vinestock.benchmarks.Figures.say;
import static org.vinestock.benchmarks.Figures.sayMachine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.vinestock.journal.ArchiveState;
import org.vinestock.journal.Keeping;
import org.vinestock.store.h2.Durability;
import org.vinestock.store.sql.H2;

/**
 * Measures how the files of a site grow: placements among 1,000 hosts, each a decision in the ledger and a change in the
 * inventory, and as many VMs that leave; kept as long as in the container. Prints the sizes along the way, when nobody has
 * written for some seconds, and packed. {@code itests/benchmarks/growth} runs it; its argument is how many decisions are
 * made, 1,000,000 unless given.
 */
public final class GrowthFigures {
    private static final int ROUNDS = 10;
    private static final Keeping USUAL = new Keeping(Duration.ofDays(14), 512L << 20);
    private static final int REST_SECONDS = 15;

    private final Path folder;

    private GrowthFigures(Path folder) {
        this.folder = folder;
    }

    /** Runs all. */
    public static void main(String[] arguments) throws Exception {
        int decisions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        Path folder = Files.createTempDirectory("vinestock-growth-figures");
        try {
            new GrowthFigures(folder).run(decisions);
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private void run(int decisions) throws Exception {
        sayMachine();
        double largest = 0;
        try (KeptDesk desk = new KeptDesk(folder, USUAL)) {
            for (int round = 1; round <= ROUNDS; round++) {
                long begun = System.nanoTime();
                desk.decide(decisions / ROUNDS);
                double seconds = (System.nanoTime() - begun) / 1e9;
                desk.settle();
                ArchiveState rows = desk.ledger.state();
                say(
                        "%,d decisions, %,d changes, %,.0f decisions a second: site %.1f MB, ledger %.1f MB, of which %.1f MB"
                                + " are decisions; %d not written",
                        decisions / ROUNDS * round,
                        desk.store.inventory().head().ref().revision(),
                        decisions / (ROUNDS * seconds),
                        size("site"),
                        size("ledger"),
                        (rows.bytes() + desk.ledger.joinedState().bytes()) / 1e6,
                        rows.dropped());
                largest = Math.max(largest, size("site"));
            }
            Thread.sleep(REST_SECONDS * 1_000);
            say("after %d s without work: site %.1f MB, ledger %.1f MB", REST_SECONDS, size("site"), size("ledger"));
        }
        say("closed: site %.1f MB, ledger %.1f MB", size("site"), size("ledger"));
        pack("site");
        pack("ledger");
        say(
                "packed: site %.1f MB, ledger %.1f MB; the site's file was at most %.1f times that",
                size("site"), size("ledger"), largest / size("site"));
    }

    private void pack(String database) throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(H2.url(folder.resolve(database), Durability.MACHINE));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        }
    }

    private double size(String database) throws IOException {
        return Files.size(folder.resolve(database + ".mv.db")) / 1e6;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
