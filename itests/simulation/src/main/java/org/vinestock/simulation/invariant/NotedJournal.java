package org.vinestock.simulation.invariant;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.kernel.act.JournalTaskStore;
import org.vinestock.simulation.StandInJournal;

/** Stands before a journal and reads what is written down of tasks that restart a VM. */
final class NotedJournal extends StandInJournal {
    private static final Pattern OPERATION = Pattern.compile("\"operation\":\"(vm\\.recover|vm\\.start)\"");
    private static final Pattern VM = Pattern.compile("\\{\\\\\"id\\\\\":\\\\\"([^\\\\]+)\\\\\"");
    private static final Pattern STATE = Pattern.compile("\"state\":\"([A-Z]+)\"");

    private final Restarts restarts;

    NotedJournal(Journal journal, Restarts restarts) {
        super(journal);
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
        CompletionStage<Long> durable = super.append(stream, key, text);
        note(stream, key, text, durable);
        return durable;
    }

    @Override
    public CompletionStage<?> write(List<Entry> entries) {
        CompletionStage<?> durable = super.write(entries);
        for (Entry entry : entries) {
            if (entry instanceof Entry.Append append) {
                note(append.stream(), append.key(), append.text(), durable);
            }
        }
        return durable;
    }
}
