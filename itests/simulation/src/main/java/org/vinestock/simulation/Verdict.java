package org.vinestock.simulation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vinestock.testkit.simulation.Simulation;

/**
 * What came of telling a story twice.
 *
 * @param broke the invariant that broke; null if all held
 * @param message what was found
 * @param events how many events were run, in both tellings
 */
public record Verdict(@Nullable String broke, String message, long events, String digest) {
    /** What broke if two tellings of one story differ. */
    public static final String DIFFERS = "differs";

    /** What broke if something threw that must not. */
    private static final String THROWN = "thrown";

    private static final Pattern NAMED = Pattern.compile("(?:^|event \\d+: )([a-z -]+): ", Pattern.MULTILINE);
    private static final Pattern LANE = Pattern.compile("a task of lane \\S* ?.*? failed: ");

    /** Tells a story with all invariants, and, if {@code twice}, once more without them: the runs must be the same. */
    public static Verdict on(Story story, Setup setup, boolean twice) {
        Simulation first;
        try {
            first = Telling.tell(story, setup, true);
        } catch (AssertionError failed) {
            String message = String.valueOf(failed.getMessage());
            return new Verdict(named(message), message, 0, "");
        } catch (RuntimeException thrown) {
            return new Verdict(THROWN, thrown.toString(), 0, "");
        }
        if (!twice) {
            return new Verdict(null, "", first.events(), first.digest());
        }
        Simulation second = Telling.tell(story, setup, false);
        long events = first.events() + second.events();
        if (!first.digest().equals(second.digest())) {
            String difference = difference(first.trace() + first.ledger(), second.trace() + second.ledger());
            return new Verdict(DIFFERS, "the second run went another way:\n" + difference, events, "");
        }
        return new Verdict(null, "", events, first.digest());
    }

    private static String named(String message) {
        if (LANE.matcher(message).find()) {
            return "lane";
        }
        Matcher name = NAMED.matcher(message);
        return name.find() ? String.valueOf(name.group(1)) : THROWN;
    }

    private static String difference(String first, String second) {
        List<String> one = first.lines().toList();
        List<String> other = second.lines().toList();
        int line = 0;
        while (line < Math.min(one.size(), other.size()) && one.get(line).equals(other.get(line))) {
            line++;
        }
        return (line < one.size() ? one.get(line) : "the end")
                + '\n'
                + (line < other.size() ? other.get(line) : "the end");
    }
}
