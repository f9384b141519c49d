package org.vinestock.surfaces.events;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One listener to events, written to without ever waiting: it is told only when what it was told before has left. Owned by
 * the lane of the listeners; the server calls only the two methods of {@link WriteListener}.
 */
final class Listener implements WriteListener {
    private final AsyncContext exchange;
    private final ServletOutputStream out;
    private final EventStream stream;
    private final Runnable writable;
    private boolean flushing;
    private volatile boolean gone;

    /** {@code writable} is called, on any thread, when it may be told again. */
    Listener(AsyncContext exchange, EventStream stream, Runnable writable) throws IOException {
        this.exchange = exchange;
        this.out = exchange.getResponse().getOutputStream();
        this.stream = stream;
        this.writable = writable;
    }

    /** Begins to listen to the server. */
    void begin() {
        out.setWriteListener(this);
    }

    @Override
    public void onWritePossible() {
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
    void tell(boolean heartbeat) {
        try {
            if (gone || !out.isReady()) {
                return;
            }
            if (!flushing) {
                StringBuilder news = new StringBuilder();
                stream.tell(news);
                if (news.isEmpty() && heartbeat) {
                    news.append(": still here\n\n");
                }
                if (news.isEmpty()) {
                    return;
                }
                out.write(news.toString().getBytes(StandardCharsets.UTF_8));
                flushing = true;
            }
            if (out.isReady()) {
                flushing = false;
                out.flush();
            }
        } catch (IOException | RuntimeException e) {
            end(); // whoever hung up wants to hear no more
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
