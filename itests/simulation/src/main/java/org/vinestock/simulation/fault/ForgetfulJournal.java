package org.vinestock.simulation.fault;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;

/** A journal that now and then forgets to write that a task ended, and never says so. */
final class ForgetfulJournal implements Journal {
    private static final int EVERY = 10;

    private final Journal journal;
    private int ended;

    ForgetfulJournal(Journal journal) {
        this.journal = journal;
    }

    @Override
    public CompletionStage<Long> append(String stream, String key, String text) {
        return forgets(text) ? new CompletableFuture<>() : journal.append(stream, key, text);
    }

    private boolean forgets(String text) {
        return text.contains("\"type\":\"Ended\"") && ++ended % EVERY == 0;
    }

    @Override
    public CompletionStage<?> write(List<Entry> entries) {
        boolean forgets = false;
        for (Entry entry : entries) {
            forgets |= entry instanceof Entry.Append append && forgets(append.text());
        }
        return forgets ? new CompletableFuture<>() : journal.write(entries);
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
