package org.vinestock.dataplane.engine.qcow2;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Direct buffers of one length, used again and again. */
final class Buffers {
    private final int length;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    Buffers(int length) {
        this.length = length;
    }

    ByteBuffer take() {
        synchronized (free) {
            ByteBuffer buffer = free.pollLast();
            if (buffer != null) {
                return buffer.clear();
            }
        }
        return ByteBuffer.allocateDirect(length);
    }

    void give(ByteBuffer buffer) {
        synchronized (free) {
            free.addLast(buffer);
        }
    }
}
