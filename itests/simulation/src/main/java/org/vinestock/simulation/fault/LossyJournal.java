package org.vinestock.simulation.fault;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.simulation.StandInJournal;

/** A journal that acknowledges some entries and writes them nowhere. */
final class LossyJournal extends StandInJournal {
    private final Predicate<Entry> loses;

    private LossyJournal(Journal journal, Predicate<Entry> loses) {
        super(journal);
        this.loses = loses;
    }

    /** Loses what budgets have given. */
    static Journal ofBudgets(Journal journal) {
        return new LossyJournal(
                journal,
                entry -> entry instanceof Entry.Replace kept && kept.key().startsWith("budget/"));
    }

    /** Now and then loses a row of the audit. */
    static Journal ofDeeds(Journal journal) {
        int[] told = new int[1];
        return new LossyJournal(journal, entry -> entry instanceof Entry.Tell && ++told[0] % 20 == 0);
    }

    @Override
    public CompletionStage<?> write(List<Entry> entries) {
        List<Entry> kept = entries.stream().filter(entry -> !loses.test(entry)).toList();
        return kept.isEmpty() ? CompletableFuture.completedFuture(null) : super.write(kept);
    }
}
