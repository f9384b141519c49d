package org.vinestock.dataplane.engine.process;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import org.vinestock.dataplane.engine.block.BlockDevice;

/** Reads what somebody expects to be read soon, so that it is near when it is. Advice that is too much is refused, advice about what is gone forgotten. */
final class Advice implements Runnable {
    private static final int WAITING = 256;
    private static final int PIECE = 256 << 10;
    private static final long LONGEST = 64L << 20;

    private final ArrayBlockingQueue<Range> queue = new ArrayBlockingQueue<>(WAITING);
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(PIECE);

    private record Range(BlockDevice device, long offset, long length) {}

    void add(BlockDevice device, long offset, long length) throws RefusedException {
        if (offset < 0 || length < 0 || length > LONGEST || offset > device.size() - length) {
            throw new RefusedException("INVALID", "advice is about at most " + LONGEST + " bytes inside of the disk");
        }
        if (!queue.offer(new Range(device, offset, length))) {
            throw new RefusedException("TOO_MUCH", WAITING + " pieces of advice wait already");
        }
    }

    @Override
    public void run() {
        Semaphore done = new Semaphore(0);
        try {
            while (true) {
                Range range = queue.take();
                for (long at = 0; at < range.length; at += PIECE) {
                    scratch.clear().limit((int) Math.min(PIECE, range.length - at));
                    range.device.read(range.offset + at, scratch, status -> done.release());
                    done.acquire();
                }
            }
        } catch (InterruptedException e) {
            // The process ends.
        }
    }
}
