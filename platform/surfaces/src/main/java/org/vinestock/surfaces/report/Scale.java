package org.vinestock.surfaces.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round numbers along an axis that begins at 0.
 *
 * @param end the last of them
 */
record Scale(double step, double end) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    /** Finds about {@code steps} round steps up to at least {@code most}. */
    static Scale of(double most, int steps) {
        double rough = Math.max(most, 1e-9) / steps;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * 10;
        for (double candidate : STEPS) {
            if (candidate * power >= rough * 0.999) {
                step = candidate * power;
                break;
            }
        }
        return new Scale(step, step * Math.ceil(most / step - 1e-9));
    }

    /** Like {@link #of}, for what is counted: no step is smaller than 1. */
    static Scale whole(double most, int steps) {
        Scale scale = of(Math.max(1, most), steps);
        double step = scale.step < 1 ? 1 : scale.step == 2.5 ? 5 : scale.step;
        return new Scale(step, step * Math.max(1, Math.ceil(most / step - 1e-9)));
    }

    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= end * 1.0001; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A tick in words, such as {@code 1,200} or {@code 0.5}. */
    static String words(double tick) {
        return tick == Math.rint(tick)
                ? String.format(Locale.ROOT, "%,d", (long) tick)
                : String.format(Locale.ROOT, "%.3f", tick).replaceFirst("0+$", "");
    }
}
