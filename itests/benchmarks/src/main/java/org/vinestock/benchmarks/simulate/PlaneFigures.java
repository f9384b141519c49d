package org.vinestock.benchmarks.simulate;

import java.util.Arrays;
import java.util.Locale;
import org.vinestock.simulation.Setup;
import org.vinestock.simulation.Story;
import org.vinestock.simulation.Storyteller;
import org.vinestock.simulation.Telling;

/** What it costs to build a whole simulated control plane with its hosts, beside what it costs to tell a story on it. */
final class PlaneFigures {
    private static final int ROUNDS = 3;

    private PlaneFigures() {}

    static void print(int planes) {
        Telling[] alive = new Telling[planes]; // all of them live side by side
        for (int round = 1; round <= ROUNDS; round++) {
            long[] built = new long[planes];
            long[] told = new long[planes];
            for (int i = 0; i < planes; i++) {
                Story story = Storyteller.story(i + 1L);
                long begun = System.nanoTime();
                alive[i] = new Telling(story, Setup.SOUND, false);
                built[i] = System.nanoTime() - begun;
                begun = System.nanoTime();
                Telling.tell(story, Setup.SOUND, false);
                told[i] = System.nanoTime() - begun;
            }
            double first = built[0] / 1e6;
            Arrays.sort(built);
            Arrays.sort(told);
            System.out.println(String.format(
                    Locale.ROOT,
                    "%d control planes: p50 %.2f ms, p99 %.2f ms, the first %.1f ms; a story p50 %.1f ms, %.0f times as much",
                    planes,
                    built[planes / 2] / 1e6,
                    built[planes * 99 / 100] / 1e6,
                    first,
                    told[planes / 2] / 1e6,
                    (double) told[planes / 2] / built[planes / 2]));
        }
    }
}
