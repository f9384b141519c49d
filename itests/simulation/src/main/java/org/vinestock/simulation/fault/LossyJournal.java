package org.vinestock.simulation.fault;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;

/** A journal that acknowledges some entries and writes them nowhere. */
record LossyJournal(Journal journal, Predicate<Entry> loses) implements Journal {
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
        return kept.isEmpty() ? CompletableFuture.completedFuture(null) : journal.write(kept);
    }

    @Override
    public CompletionStage<Long> append(String stream, String key, String text) {
        return journal.append(stream, key, text);
    }

    @Override
    public CompletionStage<Long> replace(String stream, String key, String text) {
        return journal.replace(stream, key, text);
    }

    @Override
    public CompletionStage<?> forget(String stream, String key) {
        return journal.forget(stream, key);
    }

    @Override
    public CompletionStage<List<Line>> read(String stream, long after, int limit) {
        return journal.read(stream, after, limit);
    }

    @Override
    public CompletionStage<List<Line>> about(String stream, String key) {
        return journal.about(stream, key);
    }
}
