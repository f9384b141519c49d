package org.vinestock.kernel.act;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.kernel.turn.Numbers;

/**
 * Numbers that are given once, also if the process dies: they are reserved ahead in blocks, so that a start goes on behind
 * the last block that was reserved. Any thread.
 */
public final class Counters {
    /** The journal's stream of reservations; its keys are counters. */
    public static final String STREAM = "reserved";

    private final Reserve reserve;
    private final Map<String, Counter> counters = new ConcurrentSkipListMap<>();

    private interface Reserve {
        /** Completes when it is durable. */
        CompletionStage<?> upTo(String name, long number);
    }

    private Counters(Reserve reserve) {
        this.reserve = reserve;
    }

    /** Counters that forget everything with the process. */
    public static Counters inMemory() {
        return new Counters((name, upTo) -> Numbers.KEPT);
    }

    /** Counters that go on behind what is reserved; a reservation is given to the journal before its numbers are. */
    public static Counters in(Journal journal, List<Line> reserved) {
        Counters counters = new Counters((name, upTo) -> journal.replace(STREAM, name, String.valueOf(upTo)));
        for (Line line : reserved) {
            counters.counter(line.key(), 1, 1).goOnBehind(Long.parseLong(line.text()));
        }
        return counters;
    }

    /** The next number of a counter, at {@code first} or behind; {@code block} of them are reserved at once. */
    public long next(String name, long first, long block) {
        return counter(name, first, block).next();
    }

    /** The same as numbers of decisions. */
    public Numbers numbers(String name, long first, long block) {
        Counter counter = counter(name, first, block);
        return new Numbers() {
            @Override
            public long next() {
                return counter.next();
            }

            @Override
            public CompletionStage<?> kept() {
                return counter.kept;
            }
        };
    }

    private Counter counter(String name, long first, long block) {
        return counters.computeIfAbsent(name, any -> new Counter(name, first - 1))
                .withBlock(block);
    }

    private final class Counter {
        private final String name;
        private final AtomicLong newest;
        private volatile long reserved;
        private volatile CompletionStage<?> kept = Numbers.KEPT;
        private volatile long block = 1;

        Counter(String name, long newest) {
            this.name = name;
            this.newest = new AtomicLong(newest);
            reserved = newest;
        }

        Counter withBlock(long size) {
            block = size;
            return this;
        }

        void goOnBehind(long number) {
            newest.set(number);
            reserved = number;
        }

        long next() {
            long number = newest.incrementAndGet();
            if (number > reserved) {
                reserve(number);
            }
            return number;
        }

        private synchronized void reserve(long number) {
            if (number > reserved) {
                long upTo = number - 1 + block;
                kept = reserve.upTo(name, upTo);
                reserved = upTo;
            }
        }
    }
}
