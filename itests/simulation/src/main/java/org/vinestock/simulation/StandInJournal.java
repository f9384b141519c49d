package org.vinestock.simulation;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;

/** Passes everything on; who extends it does one thing besides, or wrong. */
public class StandInJournal implements Journal {
    private final Journal journal;

    /** Stands before another one. */
    protected StandInJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    public CompletionStage<?> write(List<Entry> entries) {
        return journal.write(entries);
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
