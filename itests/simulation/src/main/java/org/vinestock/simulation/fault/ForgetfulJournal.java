package org.vinestock.simulation.fault;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.simulation.StandInJournal;

/** A journal that now and then forgets to write that a task ended, and never says so. */
final class ForgetfulJournal extends StandInJournal {
    private static final int EVERY = 10;

    private int ended;

    ForgetfulJournal(Journal journal) {
        super(journal);
    }

    @Override
    public CompletionStage<Long> append(String stream, String key, String text) {
        return forgets(text) ? new CompletableFuture<>() : super.append(stream, key, text);
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
        return forgets ? new CompletableFuture<>() : super.write(entries);
    }
}
