package org.vinestock.dataplane.engine.block;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class IoThreadsTest {
    private interface Work {
        void run() throws InterruptedException;
    }

    private static IoThreads.Task task(Work work) {
        return new IoThreads.Task() {
            @Override
            public void run() {
                try {
                    work.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    @Test
    void oneIdleThreadIsNotCountedOnByTwoTasks() throws InterruptedException {
        try (IoThreads threads = new IoThreads("test-io", 2)) {
            CountDownLatch begun = new CountDownLatch(1);
            Thread[] first = new Thread[1];
            threads.submit(task(() -> {
                first[0] = Thread.currentThread();
                begun.countDown();
            }));
            assertTrue(begun.await(10, TimeUnit.SECONDS));
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (first[0].getState() != Thread.State.WAITING) {
                assertTrue(System.nanoTime() < limit, "the thread does not rest");
                Thread.onSpinWait();
            }
            CountDownLatch second = new CountDownLatch(1);
            CountDownLatch passed = new CountDownLatch(1);
            threads.submit(task(() -> {
                if (second.await(5, TimeUnit.SECONDS)) {
                    passed.countDown();
                }
            }));
            threads.submit(task(second::countDown));
            assertTrue(passed.await(10, TimeUnit.SECONDS), "the second task waited for the first to end");
        }
    }
}
