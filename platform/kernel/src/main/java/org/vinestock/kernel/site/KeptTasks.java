package org.vinestock.kernel.site;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.kernel.act.Counters;
import org.vinestock.kernel.act.JournalTaskStore;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.TaskStore;
import org.vinestock.model.VinestockException;
import org.vinestock.view.Codec;

/** Reads the tasks that earlier processes kept, before there is a site. Waits for the journal: this is the edge. */
final class KeptTasks {
    private static final int TASKS_KEPT = 10_000;
    private static final int PAGE = 10_000;
    private static final long SECONDS = 60;

    private KeptTasks() {}

    /** Makes the task store on a journal, or in memory if there is none. */
    static TaskStore in(@Nullable Journal journal, Codec codec) {
        return journal == null
                ? new MemoryTaskStore(TASKS_KEPT)
                : new JournalTaskStore(journal, codec, TASKS_KEPT, lines(journal, JournalTaskStore.TASKS));
    }

    /** Makes the counters on a journal, or in memory if there is none. */
    static Counters counters(@Nullable Journal journal) {
        return journal == null ? Counters.inMemory() : Counters.in(journal, lines(journal, Counters.STREAM));
    }

    private static List<Line> lines(Journal journal, String stream) {
        List<Line> all = new ArrayList<>();
        List<Line> page;
        do {
            page = page(
                    journal, stream, all.isEmpty() ? 0 : all.get(all.size() - 1).number());
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    private static List<Line> page(Journal journal, String stream, long after) {
        try {
            return journal.read(stream, after, PAGE).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof VinestockException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the journal did not answer within " + SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the journal was read", e);
        }
    }
}
