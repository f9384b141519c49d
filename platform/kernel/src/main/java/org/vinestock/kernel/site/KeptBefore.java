package org.vinestock.kernel.site;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.vinestock.audit.Audit;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.kernel.act.AuditedTaskStore;
import org.vinestock.kernel.act.Counters;
import org.vinestock.kernel.act.JournalTaskStore;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.TaskStore;
import org.vinestock.kernel.strategies.JournalStates;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Codec;

/** Reads what earlier processes kept, before there is a site. Waits for the journal: this is the edge. */
final class KeptBefore {
    private static final int TASKS_KEPT = 10_000;
    private static final int PAGE = 10_000;
    private static final long SECONDS = 60;

    private KeptBefore() {}

    /** Makes the task store on a journal, or in memory if there is none. */
    static TaskStore tasks(@Nullable Journal journal, Audit audit, Codec codec) {
        return journal == null
                ? new AuditedTaskStore(new MemoryTaskStore(TASKS_KEPT), audit, codec)
                : new JournalTaskStore(journal, codec, TASKS_KEPT, lines(journal, JournalTaskStore.TASKS));
    }

    /** Makes the counters on a journal, or in memory if there is none. */
    static Counters counters(@Nullable Journal journal) {
        return journal == null ? Counters.inMemory() : Counters.in(journal, lines(journal, Counters.STREAM));
    }

    /**
     * Makes the keeper on a journal, or on the log of the home if there is none. What a former version kept in the log is
     * taken over, unless the journal knows better; if the process dies meanwhile, the next one goes on with it.
     *
     * @throws IOException if the log cannot be written
     */
    static Keeper states(@Nullable Journal journal, StateLog log, Audit audit, Codec codec, Scheduler scheduler)
            throws IOException {
        if (journal == null) {
            return new Keeper(log, audit, scheduler);
        }
        JournalStates states = new JournalStates(journal, codec);
        List<Kept> kept = new ArrayList<>(states.read(lines(journal, JournalStates.STREAM)));
        List<Kept> former =
                log.kept().stream().filter(line -> !line.ofTheHome()).toList();
        List<Kept> taken = former.stream()
                .filter(line -> kept.stream().noneMatch(line::sameAs))
                .toList();
        if (!taken.isEmpty()) {
            await(states.keep(taken));
            kept.addAll(taken);
        }
        for (Kept line : former) {
            log.keep(line.forgotten());
        }
        return new Keeper(log, states, kept, scheduler);
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
        return await(journal.read(stream, after, PAGE));
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
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
