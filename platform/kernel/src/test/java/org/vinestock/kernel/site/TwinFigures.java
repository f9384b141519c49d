package org.vinestock.kernel.site;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.vinestock.area.Twin;
import org.vinestock.area.TwinSpec;

/**
 * Measures how long it takes to make a twin, to move one piece in it and to close it. Not a test; run it like {@code
 * TaskFigures}.
 */
public final class TwinFigures {
    private static final int ROUNDS = 5;
    private static final int TWINS = 200;

    private TwinFigures() {}

    /** Prints one line a round. */
    public static void main(String[] args) {
        GameSite site = new GameSite();
        site.plane.add(new Game("game", "author"));
        for (int round = 1; round <= ROUNDS; round++) {
            long longest = 0;
            long begun = System.nanoTime();
            for (int i = 0; i < TWINS; i++) {
                long one = System.nanoTime();
                Twin twin = site.plane.twins().build(new TwinSpec(i, Instant.EPOCH, List.of()));
                GameSite.put(twin.platform(), "p", 0);
                twin.run(Instant.EPOCH.plusSeconds(60), 10_000);
                twin.close();
                longest = Math.max(longest, System.nanoTime() - one);
            }
            System.out.println(String.format(
                    Locale.ROOT,
                    "a twin: %.2f ms, the longest of %d: %.1f ms",
                    (System.nanoTime() - begun) / 1e6 / TWINS,
                    TWINS,
                    longest / 1e6));
        }
        GameSite.THREADS.close();
    }
}
