package org.vinestock.dataplane.engine.image;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.vinestock.dataplane.engine.block.Completion;
import org.vinestock.dataplane.engine.block.Status;

/** Asks a device and waits for its answer: work on whole images has a thread of its own. */
final class Asking {
    private Asking() {}

    static void ok(String what, Consumer<Completion> request) throws IOException {
        Answer answer = new Answer();
        request.accept(answer);
        CountDownLatch ended = answer.ended;
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                // The buffer is the device's until it answers.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (answer.status != Status.OK) {
            throw new IOException(what + ": " + answer.status);
        }
    }

    private static final class Answer implements Completion {
        private final CountDownLatch ended = new CountDownLatch(1);
        private Status status = Status.IO_ERROR;

        @Override
        public void done(Status how) {
            status = how;
            ended.countDown();
        }

        @Override
        public boolean waits() {
            return true;
        }
    }
}
