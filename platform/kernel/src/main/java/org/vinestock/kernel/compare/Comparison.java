package org.vinestock.kernel.compare;

import java.util.List;
import java.util.Locale;
import org.vinestock.trial.TrialRequest;

/**
 * Two strategies in the same world.
 *
 * @param world in words
 * @param uses what the answers use up
 * @param measured of the first and of the second
 */
record Comparison(String point, String world, String uses, TrialRequest trial, List<Measured> measured) {
    /** Copies the list. */
    Comparison {
        measured = List.copyOf(measured);
    }

    Measured first() {
        return measured.get(0);
    }

    Measured second() {
        return measured.get(1);
    }

    /** Which one is better, and by what, in plain words: by what was turned away, then by what was used up. */
    String verdict() {
        Figures a = first().figures();
        Figures b = second().figures();
        if (a.asked() == 0 && b.asked() == 0) {
            return "Nothing was asked, so there is nothing to compare." + warning(first()) + warning(second());
        }
        double refusedMore = share(a) - share(b);
        double usedMore = a.usedMean() - b.usedMean();
        boolean byRefusals = a.refused() != b.refused() || a.asked() != b.asked();
        boolean byUse = !decimal(a.usedMean()).equals(decimal(b.usedMean()));
        String text;
        if (byRefusals && refusedMore != 0) {
            Figures better = refusedMore < 0 ? a : b;
            Figures worse = refusedMore < 0 ? b : a;
            text = better.strategy() + " is better here: it turned away " + refused(better) + ", " + worse.strategy()
                    + " " + refused(worse) + "; with " + decimal(better.usedMean()) + " and "
                    + decimal(worse.usedMean()) + " " + uses + " on average.";
        } else if (byUse) {
            Figures better = usedMore < 0 ? a : b;
            Figures worse = usedMore < 0 ? b : a;
            text = better.strategy() + " is better here: both turned away "
                    + (a.refused() == 0 ? "nothing" : refused(a)) + ", and it needed "
                    + decimal(better.usedMean()) + " " + uses + " on average where " + worse.strategy() + " needed "
                    + decimal(worse.usedMean()) + " (" + percent(1 - better.usedMean() / worse.usedMean()) + " fewer).";
        } else {
            text = "No difference that counts: both turned away " + (a.refused() == 0 ? "nothing" : refused(a))
                    + " and needed " + decimal(a.usedMean()) + " " + uses + " on average.";
        }
        return text + warning(first()) + (a.strategy().equals(b.strategy()) ? "" : warning(second()));
    }

    private static String warning(Measured measured) {
        Figures figures = measured.figures();
        if (figures.byFallback() == 0) {
            return "";
        }
        return " But " + figures.strategy() + " left " + figures.byFallback() + " of " + figures.asked()
                + " answers to the fallback"
                + (figures.vetoes() == 0
                        ? "."
                        : ": the guardrails refused " + figures.vetoes() + " of its own (" + rules(measured) + ").");
    }

    /** The rules that a strategy's answers broke, with how often. */
    static String rules(Measured measured) {
        StringBuilder text = new StringBuilder();
        measured.brokenRules()
                .forEach((rule, count) -> text.append(text.isEmpty() ? "" : ", ")
                        .append(rule)
                        .append(' ')
                        .append(count));
        return text.toString();
    }

    private static double share(Figures figures) {
        return figures.asked() == 0 ? 0 : (double) figures.refused() / figures.asked();
    }

    private static String refused(Figures figures) {
        return grouped(figures.refused()) + " of " + grouped(figures.asked()) + " (" + percent(share(figures)) + ")";
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share != 0 && Math.abs(share) < 0.01 ? "%.2f %%" : "%.1f %%", share * 100);
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
