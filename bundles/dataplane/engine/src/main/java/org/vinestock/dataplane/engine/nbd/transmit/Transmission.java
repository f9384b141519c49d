package org.vinestock.dataplane.engine.nbd.transmit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.Completion;
import org.vinestock.dataplane.engine.block.Status;
import org.vinestock.dataplane.engine.nbd.Wire;

/**
 * Serves a client that has agreed on an export, until one of the two has enough.
 *
 * <p>The connection's thread reads what has come, begins every request in it, and sends what is ready. A device that
 * completes at once needs nobody else. For what completes later there is a second thread, made when it is first needed.
 * Both work under one lock, which the first one lets go of only to read and to rest.
 *
 * <p>Whatever ends the connection, requests in flight are waited for, since the device uses the connection's memory, and
 * then all is made durable: the last of a disk's clients may be gone for ever.
 */
public final class Transmission {
    static final int SLOTS = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Agreement agreement;
    private final Wire wire;
    private final InFlight inFlight;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Service service;
    private final Pacer pacer;
    private final String name;
    private @Nullable Thread answerer;
    private volatile boolean over;
    private boolean broken;

    /** @param name of the second thread */
    public Transmission(Agreement agreement, Wire wire, Memory memory, long restNanos, String name) {
        this.agreement = agreement;
        this.wire = wire;
        this.name = name;
        inbox = new Inbox(memory.in(), SLOTS);
        outbox = new Outbox(memory.out(), SLOTS);
        inFlight = new InFlight(memory.in(), memory.out(), SLOTS);
        service = new Service(this, agreement, inbox, outbox);
        pacer = new Pacer(restNanos);
    }

    /** Serves. Returns when nothing is in flight and all is durable, or could not be made so. */
    public void run() {
        lock.lock();
        inFlight.heldBy(Thread.currentThread());
        try {
            serve();
        } catch (IOException e) {
            // The client is gone, or lied; either way nobody is there to be told.
            broken = true;
        } finally {
            wind();
        }
    }

    private void serve() throws IOException {
        while (true) {
            int begun = service.parse();
            answer();
            if (broken || service.disconnected()) {
                return;
            }
            if (!inbox.hasRoom()) {
                inFlight.await();
                continue;
            }
            inbox.prepare();
            letGo();
            int bytes;
            try {
                pacer.afterBatch(begun);
                bytes = inbox.fill(wire);
            } finally {
                takeUp();
            }
            if (bytes < 0) {
                return;
            }
            inbox.filled(bytes);
        }
    }

    private void wind() {
        service.endOfInput();
        while (inFlight.outstanding() > 0) {
            answer();
            if (inFlight.outstanding() > 0) {
                inFlight.await();
            }
        }
        over = true;
        inFlight.heldBy(null);
        lock.unlock();
        Thread second = answerer;
        if (second != null) {
            LockSupport.unpark(second);
        }
        if (agreement.export().writable()) {
            Ending ending = new Ending();
            agreement.export().device().flush(ending);
            ending.await();
        }
    }

    /** Lets the lock go, with nothing unanswered behind. */
    private void letGo() {
        if (inFlight.outstanding() > 0 && answerer == null) {
            Thread second = new Thread(this::answerLate, name);
            second.setDaemon(true);
            answerer = second;
            inFlight.answeredBy(second);
            second.start();
        }
        inFlight.heldBy(null);
        while (inFlight.anyCompleted()) {
            inFlight.heldBy(Thread.currentThread());
            answer();
            inFlight.heldBy(null);
        }
        lock.unlock();
    }

    private void takeUp() {
        lock.lock();
        inFlight.heldBy(Thread.currentThread());
    }

    /** The second thread. */
    private void answerLate() {
        while (!over) {
            if (!inFlight.anyCompleted()) {
                LockSupport.park(this);
                continue;
            }
            takeUp();
            answer();
            letGo();
        }
    }

    /** Finishes all that has completed and sends all that is ready. */
    void answer() {
        settle();
        if (outbox.isEmpty()) {
            return;
        }
        try {
            if (!broken) {
                outbox.send(wire);
            }
        } catch (IOException e) {
            broken = true;
            wire.close();
        }
        for (Request sent = outbox.takeOver(); sent != null; sent = outbox.takeOver()) {
            inFlight.giveBack(sent);
        }
    }

    /** Finishes all that has completed. */
    void settle() {
        for (Request list = inFlight.takeCompleted(); list != null; list = inFlight.takeCompleted()) {
            Request oldestFirst = null;
            while (list != null) {
                Request next = list.next;
                list.next = oldestFirst;
                oldestFirst = list;
                list = next;
            }
            while (oldestFirst != null) {
                Request next = oldestFirst.next;
                oldestFirst.next = null;
                service.finish(oldestFirst);
                oldestFirst = next;
            }
        }
    }

    /** A free request; waits until there is one. */
    Request take() {
        Request request = inFlight.take();
        while (request == null) {
            makeRoom();
            request = inFlight.take();
        }
        return request;
    }

    /** Room for data; waits until there is some. */
    void reserve(Request request, int bytes) {
        while (!outbox.reserve(request, bytes)) {
            makeRoom();
        }
    }

    private void makeRoom() {
        settle();
        if (outbox.isEmpty()) {
            inFlight.await();
        }
        answer();
    }

    /** Waits until no more requests are in flight than so many. */
    void drain(int most) {
        answer();
        while (inFlight.outstanding() > most) {
            inFlight.await();
            answer();
        }
    }

    boolean isBroken() {
        return broken;
    }

    /** The memory of a connection: where requests come in, and where replies are built. */
    public record Memory(ByteBuffer in, ByteBuffer out) {
        static final int IN = 512 << 10;
        static final int OUT = 1 << 20;

        /** What {@link #allocate} takes. */
        public static final int BYTES = IN + OUT;

        public static Memory allocate() {
            return new Memory(ByteBuffer.allocateDirect(IN), ByteBuffer.allocateDirect(OUT));
        }
    }

    /** Waits for the end of one request. */
    private static final class Ending implements Completion {
        private final Thread waiter = Thread.currentThread();
        private volatile boolean done;

        @Override
        public void done(Status status) {
            done = true;
            LockSupport.unpark(waiter);
        }

        void await() {
            while (!done) {
                LockSupport.park(this);
            }
        }
    }
}
