package org.vinestock.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes happenings out of a story as long as it still breaks the same invariant: halves first, then smaller and smaller parts
 * (delta debugging, Zeller and Hildebrandt 2002), until none can be spared.
 */
public final class Shrinker {
    private final Predicate<Story> stillBreaks;
    private int told;

    /** Makes one. {@code stillBreaks}: whether a smaller story breaks what the whole one did. */
    public Shrinker(Predicate<Story> stillBreaks) {
        this.stillBreaks = stillBreaks;
    }

    /** Makes one for what a story broke. */
    public static Shrinker of(Verdict verdict, Setup setup) {
        boolean twice = Verdict.DIFFERS.equals(verdict.broke());
        return new Shrinker(
                story -> String.valueOf(Verdict.on(story, setup, twice).broke()).equals(verdict.broke()));
    }

    /** How many stories were told. */
    public int told() {
        return told;
    }

    /** Shrinks a story that breaks. */
    public Story shrink(Story story) {
        List<Happening> needed = new ArrayList<>(story.happenings());
        int part = Math.max(1, needed.size() / 2);
        while (true) {
            boolean fewer = false;
            for (int from = 0; from < needed.size(); ) {
                List<Happening> without = new ArrayList<>(needed);
                without.subList(from, Math.min(needed.size(), from + part)).clear();
                told++;
                if (stillBreaks.test(story.with(without))) {
                    needed = without;
                    fewer = true;
                } else {
                    from += part;
                }
            }
            if (part == 1 && !fewer) {
                return story.with(needed);
            }
            part = fewer ? Math.min(part, Math.max(1, needed.size() / 2)) : Math.max(1, part / 2);
        }
    }
}
