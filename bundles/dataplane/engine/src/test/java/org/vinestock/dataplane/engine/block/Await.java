package org.vinestock.dataplane.engine.block;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks a device and waits for its answer. */
public final class Await {
    private Await() {}

    public static Status status(Consumer<Completion> request) {
        CompletableFuture<Status> status = new CompletableFuture<>();
        request.accept(status::complete);
        try {
            return status.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Fails unless the answer is {@link Status#OK}. */
    public static void ok(Consumer<Completion> request) {
        Status status = status(request);
        if (status != Status.OK) {
            throw new AssertionError("answered " + status);
        }
    }

    public static byte[] read(BlockDevice device, long offset, int length) {
        ByteBuffer into = ByteBuffer.allocateDirect(length);
        ok(done -> device.read(offset, into, done));
        byte[] bytes = new byte[length];
        into.get(0, bytes);
        return bytes;
    }

    public static void write(BlockDevice device, long offset, byte... bytes) {
        ByteBuffer from = ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
        ok(done -> device.write(offset, from, false, done));
    }

    public static void flush(BlockDevice device) {
        ok(device::flush);
    }
}
