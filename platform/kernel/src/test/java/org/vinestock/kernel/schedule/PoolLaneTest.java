package org.vinestock.kernel.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PoolLaneTest {
    private final List<String> ran = new ArrayList<>();

    @Test
    void isSilentAboutWorkThatIsGivenAfterTheEnd() {
        try (Pool pool = new Pool()) {
            PoolLane lane = new PoolLane("slow taker", pool, (name, thrown) -> ran.add(name + ": " + thrown));
            lane.execute(() -> {
                throw new RejectedExecutionException("before");
            });
            pool.runOne();
            lane.execute(() -> {
                pool.shutdown();
                throw new RejectedExecutionException("after");
            });
            pool.runOne();
            assertEquals(List.of("slow taker: java.util.concurrent.RejectedExecutionException: before"), ran);
        }
    }

    /** Whoever gives a task may lose the processor at any place, also after the task is in the queue and before it is counted. */
    @Test
    void isInThePoolOnceThoughATaskIsSeenBeforeItIsCounted() {
        try (Pool pool = new Pool()) {
            Tasks tasks = new Tasks();
            PoolLane lane = new PoolLane("slow giver", pool, (name, thrown) -> ran.add(name + ": " + thrown), tasks);
            lane.execute(() -> ran.add("first"));
            tasks.meanwhile = pool::runOne;
            lane.execute(() -> ran.add("second"));
            lane.execute(() -> ran.add("third"));
            assertEquals(1, pool.handed.size(), "a lane that is twice in the pool runs on two threads");
            pool.runOne();
            assertEquals(List.of("first", "second", "third"), ran);
            assertEquals(0, pool.handed.size());
        }
    }

    /** Lets something happen after the next task that it gets, once. */
    private static final class Tasks extends ConcurrentLinkedQueue<Runnable> {
        private static final long serialVersionUID = 1;

        private transient Runnable meanwhile = () -> {};

        @Override
        public boolean add(Runnable task) {
            super.add(task);
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
            return true;
        }
    }

    /** Runs what it is handed when the test says so. */
    private static final class Pool extends ThreadPoolExecutor implements AutoCloseable {
        private final Queue<Runnable> handed = new ArrayDeque<>();

        Pool() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        public void execute(Runnable task) {
            handed.add(task);
        }

        void runOne() {
            handed.remove().run();
        }

        @Override
        public void close() {
            shutdownNow();
        }
    }
}
