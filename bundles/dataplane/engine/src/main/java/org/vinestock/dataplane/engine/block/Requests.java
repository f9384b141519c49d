package org.vinestock.dataplane.engine.block;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The requests that wait for another thread, kept for use again. */
final class Requests {
    private final BlockingDevice device;
    private @Nullable Request free;

    Requests(BlockingDevice device) {
        this.device = device;
    }

    void hand(Operation operation, int slot, long offset, long length, @Nullable ByteBuffer buffer, Completion done) {
        Request request = take();
        request.operation = operation;
        request.slot = slot;
        request.offset = offset;
        request.length = length;
        request.buffer = buffer;
        request.done = done;
        device.threads().submit(request);
    }

    private synchronized Request take() {
        Request request = free;
        if (request == null) {
            return new Request();
        }
        free = request.nextFree;
        request.nextFree = null;
        return request;
    }

    private synchronized void give(Request request) {
        request.nextFree = free;
        free = request;
    }

    private final class Request extends IoThreads.Task {
        private @Nullable Request nextFree;
        private Operation operation = Operation.FLUSH;
        private int slot;
        private long offset;
        private long length;
        private @Nullable ByteBuffer buffer;
        private @Nullable Completion done;

        @Override
        public void run() {
            Completion completion = done;
            int entered = slot;
            Status status = device.perform(operation, offset, length, buffer);
            buffer = null;
            done = null;
            give(this);
            if (completion != null) {
                device.end(entered, status, completion);
            }
        }
    }
}
