package org.vinestock.benchmarks.live;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** VMs that are asked for by REST, and deleted again. */
final class Arrivals {
    private final Rest rest;
    private final int groups;
    private final SplittableRandom random = new SplittableRandom(1);
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile String lastFailure = "";
    private int made;

    Arrivals(Rest rest, int groups) {
        this.rest = rest;
        this.groups = groups;
    }

    /** What became of the calls, as they were acknowledged. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Acknowledged(long[] nanos, int failed, String lastFailure, double seconds) {
        double perSecond() {
            return nanos.length / seconds;
        }
    }

    /** So many a second, and as many deletions of those that came 5 s before, however slow the answers are. */
    Acknowledged paced(int perSecond, int seconds) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger sent = new AtomicInteger();
        int all = perSecond * seconds;
        int behind = 5 * perSecond;
        String prefix = "paced-" + ++made + "-";
        var unused = clock.scheduleAtFixedRate(
                () -> {
                    int number = sent.getAndIncrement();
                    if (number < all) {
                        create(prefix + number, null);
                    }
                    if (number >= behind && number < all + behind) {
                        delete(prefix + (number - behind), null);
                    }
                },
                0,
                1_000_000_000L / perSecond,
                TimeUnit.NANOSECONDS);
        while (sent.get() < all + behind) {
            Rest.rest(100);
        }
        clock.shutdown();
        Rest.rest(2_000);
        return acknowledged((double) all / perSecond);
    }

    /** As many as can be, with so many calls outstanding; all are deleted afterwards, which is not counted. */
    Acknowledged flatOut(int count, int outstanding) {
        String prefix = "flat-" + ++made + "-";
        Semaphore free = new Semaphore(outstanding);
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            free.acquireUninterruptibly();
            create(prefix + i, free);
        }
        free.acquireUninterruptibly(outstanding);
        Acknowledged acknowledged = acknowledged((System.nanoTime() - begun) / 1e9);
        free.release(outstanding);
        Rest.rest(2_000);
        for (int i = 0; i < count; i++) {
            free.acquireUninterruptibly();
            delete(prefix + i, free);
        }
        free.acquireUninterruptibly(outstanding);
        nanos.clear();
        return acknowledged;
    }

    private Acknowledged acknowledged(double seconds) {
        long[] all = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(all);
        nanos.clear();
        return new Acknowledged(all, failed.getAndSet(0), lastFailure, seconds);
    }

    private void create(String id, @Nullable Semaphore slot) {
        int cores = 1 + random.nextInt(4);
        long begun = System.nanoTime();
        var unused = rest.start(
                        "api/v1/vm/create",
                        "{\"id\":\"" + id + "\",\"cores\":" + cores + ",\"memory\":\"" + cores * 4
                                + "GiB\",\"labels\":{\"app\":\"a" + random.nextInt(groups) + "\"}}")
                .whenComplete((answer, thrown) -> {
                    if (took(answer, thrown)) {
                        nanos.add(System.nanoTime() - begun);
                    }
                    release(slot);
                });
    }

    private void delete(String id, @Nullable Semaphore slot) {
        var unused = rest.start("api/v1/vm/delete", "{\"id\":\"" + id + "\"}").whenComplete((answer, thrown) -> {
            took(answer, thrown);
            release(slot);
        });
    }

    private boolean took(@Nullable HttpResponse<String> answer, @Nullable Throwable thrown) {
        if (answer != null && answer.statusCode() == 202) {
            return true;
        }
        failed.incrementAndGet();
        lastFailure = answer == null ? String.valueOf(thrown) : answer.statusCode() + " " + answer.body();
        return false;
    }

    private static void release(@Nullable Semaphore slot) {
        if (slot != null) {
            slot.release();
        }
    }
}
