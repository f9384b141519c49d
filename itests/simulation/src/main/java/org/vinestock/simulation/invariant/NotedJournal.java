package org.vinestock.simulation.invariant;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.kernel.act.JournalTaskStore;

/** Stands before a journal and reads what is written down of tasks that restart a VM. */
final class NotedJournal implements Journal {
    private static final Pattern OPERATION = Pattern.compile("\"operation\":\"(vm\\.recover|vm\\.start)\"");
    private static final Pattern VM = Pattern.compile("\\{\\\\\"id\\\\\":\\\\\"([^\\\\]+)\\\\\"");
    private static final Pattern STATE = Pattern.compile("\"state\":\"([A-Z]+)\"");

    private final Journal journal;
    private final Restarts restarts;

    NotedJournal(Journal journal, Restarts restarts) {
        this.journal = journal;
        this.restarts = restarts;
    }

    private void note(String stream, String task, String text, CompletionStage<?> durable) {
        if (!stream.equals(JournalTaskStore.TASKS)) {
            return;
        }
        Matcher operation = OPERATION.matcher(text);
        Matcher vm = VM.matcher(text);
        Matcher state = STATE.matcher(text);
        if (text.startsWith("{\"type\":\"Accepted\"") && operation.find() && vm.find()) {
            boolean machine = text.contains("\"by\":\"machines/restart\"");
            restarts.accepted(task, String.valueOf(operation.group(1)), String.valueOf(vm.group(1)), machine);
        } else if (text.contains("\"step\":0,\"phase\":\"APPLYING\"")) {
            restarts.applying(task, durable);
        } else if (text.startsWith("{\"type\":\"Ended\"") && state.find()) {
            restarts.ended(task, String.valueOf(state.group(1)).equals("DONE"));
        }
    }

    @Override
    public CompletionStage<Long> append(String stream, String key, String text) {
        CompletionStage<Long> durable = journal.append(stream, key, text);
        note(stream, key, text, durable);
        return durable;
    }

    @Override
    public CompletionStage<?> write(List<Entry> entries) {
        CompletionStage<?> durable = journal.write(entries);
        for (Entry entry : entries) {
            if (entry instanceof Entry.Append append) {
                note(append.stream(), append.key(), append.text(), durable);
            }
        }
        return durable;
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
