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
        CountDownLatch ended = new CountDownLatch(1);
        Status[] answer = {Status.IO_ERROR};
        request.accept(status -> {
            answer[0] = status;
            ended.countDown();
        });
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
        if (answer[0] != Status.OK) {
            throw new IOException(what + ": " + answer[0]);
        }
    }
}
