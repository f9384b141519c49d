package org.vinestock.surfaces.shell;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.decision.DecisionLine;
import org.vinestock.operation.Input;
import org.vinestock.surfaces.form.Form;
import org.vinestock.surfaces.site.Entry;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.view.Codec;
import org.vinestock.view.InWords;

/**
 * {@code decision:watch}: prints decisions as they are made. Written by hand because it goes on until it is interrupted,
 * which no view does.
 *
 * <p><b>Calls.</b> On the shell's thread, which waits.
 */
final class DecisionWatch {
    /** How it is called. */
    static final Entry.ByHand ENTRY =
            new Entry.ByHand("decision.watch", "Print decisions as they are made, until Ctrl-C", Form.of(Watch.class));

    private static final int AT_ONCE = 500;

    private final DecisionFeed feed;
    private final Lane lane;
    private final Codec codec;
    private final Screen screen;
    private final int[] widths = new int[4];

    DecisionWatch(DecisionFeed feed, Lane lane, Codec codec, Screen screen) {
        this.feed = feed;
        this.lane = lane;
        this.codec = codec;
        this.screen = screen;
    }

    /** What it takes. */
    record Watch(
            @Input(value = "End after so many decisions", optional = true) @Nullable
            Integer count,

            @Input(
                    value = "Only those of a point, such as placement.place",
                    optional = true,
                    completedBy = "decision.points#name")
            @Nullable
            String point,

            @Input("Print a JSON object a line") boolean json) {
        Watch {
            if (count != null && count < 1) {
                throw new IllegalArgumentException("count " + count + "; accepted: 1 or more");
            }
        }
    }

    /** Prints until so many were printed, the reader is gone, or the thread is interrupted. */
    void run(Watch watch) throws InterruptedException {
        Semaphore woken = new Semaphore(0);
        long seen = feed.newest();
        int left = watch.count() == null ? Integer.MAX_VALUE : watch.count();
        Cancellable listening = feed.onDecision(lane, woken::release);
        try {
            while (left > 0 && !screen.out().checkError()) {
                List<DecisionLine> lines = feed.after(seen, AT_ONCE);
                for (DecisionLine line : lines) {
                    if (line.id().number() > seen + 1) {
                        screen.err().println("... " + (line.id().number() - seen - 1) + " more, too many to show");
                    }
                    seen = line.id().number();
                    if (left > 0 && (watch.point() == null || watch.point().equals(line.point()))) {
                        screen.out().println(watch.json() ? codec.write(line) : text(line));
                        left--;
                    }
                }
                screen.flush().run();
                if (lines.isEmpty() && left > 0 && woken.tryAcquire(1, TimeUnit.SECONDS)) {
                    woken.drainPermits();
                }
            }
        } finally {
            listening.cancel();
        }
    }

    /**
     * Such as {@code place vm-1042 -> z1-r2-h07  best-fit@1.0  38 us  24 hosts: 19 fit}; columns become as wide as what was
     * in them so far.
     */
    private String text(DecisionLine line) {
        String verb = line.point().substring(line.point().lastIndexOf('.') + 1);
        String took = InWords.duration(line.took());
        String fallback = line.fallbackBecause() == null ? "" : "  fallback: " + line.fallbackBecause();
        return padded(0, verb + " " + line.subject()) + " -> " + padded(1, line.choice()) + "  "
                + padded(2, line.by().shortName()) + "  " + " ".repeat(widen(3, took)) + took + "  " + line.because()
                + fallback;
    }

    private String padded(int column, String text) {
        return text + " ".repeat(widen(column, text));
    }

    /** How many blanks a text needs to be as wide as its column, which it may widen. */
    private int widen(int column, String text) {
        widths[column] = Math.max(widths[column], text.length());
        return widths[column] - text.length();
    }
}
