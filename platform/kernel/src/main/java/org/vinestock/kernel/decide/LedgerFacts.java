package org.vinestock.kernel.decide;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.journal.ArchiveState;
import org.vinestock.kernel.ledger.Ledger;
import org.vinestock.kernel.ledger.LedgerArchive;
import org.vinestock.kernel.ledger.LedgerHistory.Neighbours;
import org.vinestock.kernel.ledger.Remembered;
import org.vinestock.model.ByteCount;
import org.vinestock.view.InWords;

/** Says what the ledger holds, and in words what is missing. */
final class LedgerFacts {
    private static final ArchiveState NOTHING = new ArchiveState(true, 0, 0, 0, 0, 0, 0);

    private final Ledger ledger;
    private final @Nullable LedgerArchive archive;

    LedgerFacts(Ledger ledger, @Nullable LedgerArchive archive) {
        this.ledger = ledger;
        this.archive = archive;
    }

    /**
     * The ledger in numbers.
     *
     * @param oldest decision that is kept
     * @param inMemory decisions of this process that are in memory
     * @param kept decisions on disk
     * @param joined what joined them after they were written: outcomes, shadows
     * @param disk what both take there, compressed
     * @param forgotten decisions that were kept and had to go, for their age, their bytes, or their revisions
     * @param notWritten decisions that were never written: too many came at once, or the database was gone too long
     * @param trouble why nothing can be written now
     */
    record Row(
            String oldest,
            String newest,
            long inMemory,
            ByteCount memory,
            long kept,
            long joined,
            ByteCount disk,
            long forgotten,
            long notWritten,
            String trouble) {}

    Row row() {
        ArchiveState state = state();
        ArchiveState joined = archive == null ? NOTHING : archive.joinedState();
        return new Row(
                named(oldest()),
                named(newest()),
                ledger.held(),
                new ByteCount(ledger.bytes()),
                state.lines(),
                joined.lines(),
                new ByteCount(state.bytes() + joined.bytes()),
                archive == null ? ledger.dropped() : state.forgotten(),
                state.dropped() + ledger.lost(),
                trouble());
    }

    private ArchiveState state() {
        return archive == null ? NOTHING : archive.state();
    }

    private String trouble() {
        return archive == null ? "" : archive.archives().trouble();
    }

    private long oldest() {
        long kept = state().oldest();
        return kept == 0 ? ledger.oldestHeld() : kept;
    }

    private long newest() {
        return Math.max(state().newest(), ledger.newest());
    }

    private static String named(long number) {
        return number == 0 ? "" : "d-" + number;
    }

    /** What stands above decisions; empty if nothing is missing. */
    String heading() {
        Row row = row();
        List<String> said = new ArrayList<>();
        if (row.forgotten() > 0) {
            said.add(row.forgotten() + " older decisions are no longer kept");
        }
        if (row.notWritten() > 0) {
            said.add(row.notWritten()
                    + " decisions are missing, because too many came at once or the disk did not take them");
        }
        if (!row.trouble().isEmpty()) {
            said.add("the ledger cannot be written now: " + row.trouble());
        }
        return String.join("; ", said);
    }

    /** Why nothing is known about an object. */
    String unknown(String named) {
        return "decision: nothing is known about \"" + named + "\"; " + accepted();
    }

    private String accepted() {
        return "accepted: " + named(oldest()) + " to " + named(newest()) + ", or an object that one of these was about";
    }

    /** Why a number is missing. */
    String missing(long number, Neighbours around) {
        Remembered below = around.below();
        Remembered above = around.above();
        if (above == null) {
            return "decision: d-" + number + " is not there yet; " + accepted();
        }
        if (below == null) {
            return "decision: d-" + number + " is no longer kept, or never was; " + accepted();
        }
        String gap = "decision: d-" + number + " is missing: nothing is recorded between "
                + below.line().id() + " of " + InWords.of(below.line().at()) + " and "
                + above.line().id() + " of " + InWords.of(above.line().at())
                + ". A process that ended leaves such a gap: numbers that it had set aside, and what it decided in its last"
                + " quarter of a second";
        long lost = row().notWritten();
        return lost == 0
                ? gap
                : gap + "; " + lost + " decisions were never written, too many came at once or the disk was gone";
    }
}
