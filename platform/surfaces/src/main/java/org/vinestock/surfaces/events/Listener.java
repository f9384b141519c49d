package org.vinestock.surfaces.events;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * One listener to events, written to without ever waiting: it is told only when what it was told before has left. Owned by
 * the lane of the listeners; the server calls only the two methods of {@link WriteListener}.
 */
final class Listener implements WriteListener {
    private static final byte[] STILL_HERE = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext exchange;
    private final ServletOutputStream out;
    private final EventStream stream;
    private final Runnable writable;
    private boolean flushing;
    private boolean behind;
    /** Until the server says so the first time, a write would wait. */
    private volatile boolean begun;

    private volatile boolean gone;

    /** {@code writable} is called with it, on any thread, when it may be told again or has gone. */
    Listener(AsyncContext exchange, EventStream stream, Consumer<Listener> writable) throws IOException {
        this.exchange = exchange;
        this.out = exchange.getResponse().getOutputStream();
        this.stream = stream;
        this.writable = () -> writable.accept(this);
    }

    /** Begins to listen to the server. */
    void begin() {
        out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() {
        begun = true;
        writable.run();
    }

    @Override
    public void onError(Throwable thrown) {
        gone = true;
        writable.run();
    }

    boolean gone() {
        return gone;
    }

    /** Tells what is new, if it may be told; with {@code heartbeat} a sign of life if nothing is. */
    void tell(Bulletin bulletin, boolean heartbeat) {
        try {
            if (gone) {
                return;
            }
            if (!begun || flushing || !out.isReady()) {
                behind = true;
                return;
            }
            behind = false;
            byte[] news = stream.tell(bulletin);
            if (news.length == 0 && heartbeat) {
                news = STILL_HERE;
            }
            if (news.length > 0) {
                out.write(news);
                flushing = true;
                flush();
            }
        } catch (IOException | RuntimeException e) {
            end(); // whoever hung up wants to hear no more
        }
    }

    /** Goes on with what it was told last; returns whether there was something to tell meanwhile. */
    boolean goOn() {
        try {
            if (!gone && flushing) {
                flush();
            }
        } catch (IOException | RuntimeException e) {
            end();
        }
        return behind && !gone;
    }

    private void flush() throws IOException {
        if (out.isReady()) {
            flushing = false;
            out.flush();
        }
    }

    /** Ends the exchange. */
    void end() {
        if (!gone) {
            gone = true;
            try {
                exchange.complete();
            } catch (IllegalStateException e) {
                // the server ended it already
            }
        }
    }
}
