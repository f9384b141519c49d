package org.vinestock.dataplane.engine.nbd.transmit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a connection that are free, and those that the device has completed. Most complete before the device's
 * method returns, on the thread that parses; they cost no synchronisation. The others are pushed on a stack, and the
 * first one of a batch wakes whoever is to answer them.
 */
final class InFlight {
    private static final VarHandle COMPLETED;

    static {
        try {
            COMPLETED = MethodHandles.lookup().findVarHandle(InFlight.class, "completed", Request.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Request[] free;
    private int freeCount;
    private final int slots;

    /** Those completed on the thread that holds the connection's lock, oldest last. */
    private @Nullable Request inline;

    @SuppressWarnings("unused") // by COMPLETED
    private volatile @Nullable Request completed;

    /** Whoever holds the connection's lock, and so looks at what completes before letting it go. */
    private volatile @Nullable Thread holder;

    /** The holder, while it waits for something to complete. */
    private volatile @Nullable Thread waiter;

    /** The thread that answers what completes while nobody holds the lock. */
    private volatile @Nullable Thread answerer;

    InFlight(ByteBuffer payloads, ByteBuffer replies, int slots) {
        this.slots = slots;
        free = new Request[slots];
        for (int i = 0; i < slots; i++) {
            free[i] = new Request(this, payloads.duplicate(), replies.duplicate());
        }
        freeCount = slots;
    }

    @Nullable
    Request take() {
        if (freeCount == 0) {
            return null;
        }
        Request request = free[--freeCount];
        request.reset();
        return request;
    }

    void giveBack(Request request) {
        free[freeCount++] = request;
    }

    int outstanding() {
        return slots - freeCount;
    }

    /** The thread that has the connection's lock says so, before anything else; null: it lets go, and must look once more. */
    void heldBy(@Nullable Thread thread) {
        holder = thread;
    }

    void completed(Request request) {
        if (Thread.currentThread() == holder) {
            request.next = inline;
            inline = request;
            return;
        }
        Request head;
        do {
            head = (Request) COMPLETED.getVolatile(this);
            request.next = head;
        } while (!COMPLETED.compareAndSet(this, head, request));
        Thread waiting = waiter;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        } else if (head == null && holder == null) {
            LockSupport.unpark(answerer);
        }
    }

    void answeredBy(Thread thread) {
        answerer = thread;
    }

    /** Parks the holder until something has completed. */
    void await() {
        waiter = Thread.currentThread();
        while (!anyCompleted()) {
            LockSupport.park(this);
        }
        waiter = null;
    }

    boolean anyCompleted() {
        return inline != null || COMPLETED.getVolatile(this) != null;
    }

    /** All that completed and was not taken, newest first, linked by {@link Request#next}. */
    @Nullable
    Request takeCompleted() {
        Request mine = inline;
        if (mine != null) {
            inline = null;
            return mine;
        }
        return COMPLETED.getVolatile(this) == null ? null : (Request) COMPLETED.getAndSet(this, null);
    }
}
