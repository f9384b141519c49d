package org.vinestock.simulation;

import java.util.Arrays;
import java.util.Locale;
import org.vinestock.lab.LabArea;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.placement.provider.PlacementArea;
import org.vinestock.testkit.simulation.Simulation;

/**
 * Measures how long it takes to build a whole control plane and to run scenarios on it. Not a test; run it in an IDE, or with
 * the module's test class path: {@code java -cp ... org.vinestock.simulation.SimulationFigures}.
 */
final class SimulationFigures {
    private static final int PLANES = 200;
    private static final int SEEDS = 50;

    private SimulationFigures() {}

    public static void main(String[] args) {
        for (int round = 1; round <= 5; round++) {
            planes();
            scenarios();
        }
    }

    private static void planes() {
        long[] nanos = new long[PLANES];
        for (int i = 0; i < PLANES; i++) {
            long begun = System.nanoTime();
            Simulation.under(i)
                    .area(new PlacementArea())
                    .area(new LabArea())
                    .area(new MachinesArea())
                    .build();
            nanos[i] = System.nanoTime() - begun;
        }
        double first = nanos[0] / 1e6;
        Arrays.sort(nanos);
        line(
                "a control plane with 3 areas: p50 %.2f ms, p99 %.2f ms, the first %.1f ms",
                nanos[PLANES / 2] / 1e6, nanos[PLANES * 99 / 100] / 1e6, first);
    }

    private static void scenarios() {
        long events = 0;
        long begun = System.nanoTime();
        for (int seed = 1; seed <= SEEDS; seed++) {
            events += Scenario.run(seed, Setup.SOUND, false).events();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        line("scenarios: %.0f a second, %.0f events a second", SEEDS / seconds, events / seconds);
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
