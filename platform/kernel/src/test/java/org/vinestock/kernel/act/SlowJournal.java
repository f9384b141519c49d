package org.vinestock.kernel.act;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.audit.Deed;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** A journal in simulated time: what is given becomes durable some milliseconds later, in order, until its process dies. */
final class SlowJournal implements Journal {
    private record Kept(String stream, Line line) {}

    private final Scheduler scheduler;
    private final Lane lane;
    private final List<Kept> durable;
    private final List<Deed> told;
    private long number;

    SlowJournal(Scheduler scheduler) {
        this(scheduler, new ArrayList<>(), new ArrayList<>());
    }

    private SlowJournal(Scheduler scheduler, List<Kept> durable, List<Deed> told) {
        this.scheduler = scheduler;
        this.durable = durable;
        this.told = told;
        number =
                durable.stream().mapToLong(entry -> entry.line().number()).max().orElse(0);
        lane = scheduler.lane("journal");
    }

    /** What a later process finds. */
    SlowJournal after(Scheduler later) {
        return new SlowJournal(later, new ArrayList<>(durable), new ArrayList<>(told));
    }

    List<Line> lines(String stream) {
        return durable.stream()
                .filter(entry -> entry.stream().equals(stream))
                .map(Kept::line)
                .toList();
    }

    @Override
    public CompletionStage<Long> append(String stream, String key, String text) {
        Line line = new Line(++number, scheduler.instant(), key, text);
        return soon(() -> durable.add(new Kept(stream, line)), line.number());
    }

    @Override
    public CompletionStage<Long> replace(String stream, String key, String text) {
        long before = number;
        CompletionStage<Long> appended = append(stream, key, text);
        soon(() -> drop(stream, key, before), before);
        return appended;
    }

    @Override
    public CompletionStage<?> forget(String stream, String key) {
        long before = number;
        return soon(() -> drop(stream, key, before), before);
    }

    @Override
    public CompletionStage<?> write(List<Entry> entries) {
        List<Runnable> writes = new ArrayList<>();
        for (Entry entry : entries) {
            long before = number;
            if (entry instanceof Entry.Append append) {
                Line line = new Line(++number, scheduler.instant(), append.key(), append.text());
                writes.add(() -> durable.add(new Kept(append.stream(), line)));
            } else if (entry instanceof Entry.Replace replace) {
                Line line = new Line(++number, scheduler.instant(), replace.key(), replace.text());
                writes.add(() -> durable.add(new Kept(replace.stream(), line)));
                writes.add(() -> drop(replace.stream(), replace.key(), before));
            } else if (entry instanceof Entry.Forget forget) {
                writes.add(() -> drop(forget.stream(), forget.key(), before));
            } else if (entry instanceof Entry.Tell tell) {
                writes.add(() -> told.add(tell.deed()));
            }
        }
        return soon(() -> writes.forEach(Runnable::run), number);
    }

    /** What the audit was told, by earlier processes, too. */
    List<Deed> told() {
        return told;
    }

    private void drop(String stream, String key, long upTo) {
        durable.removeIf(entry -> entry.stream().equals(stream)
                && entry.line().key().equals(key)
                && entry.line().number() <= upTo);
    }

    /** Timers of one lane that are due at once run in the order in which they were set. */
    private CompletionStage<Long> soon(Runnable write, long value) {
        CompletableFuture<Long> stage = new CompletableFuture<>();
        scheduler.after(Duration.ofMillis(1), lane, () -> {
            write.run();
            stage.complete(value);
        });
        return stage;
    }

    @Override
    public CompletionStage<List<Line>> read(String stream, long after, int limit) {
        return CompletableFuture.completedFuture(lines(stream).stream()
                .filter(line -> line.number() > after)
                .limit(limit)
                .toList());
    }

    @Override
    public CompletionStage<List<Line>> about(String stream, String key) {
        return CompletableFuture.completedFuture(
                lines(stream).stream().filter(line -> line.key().equals(key)).toList());
    }
}
