package org.vinestock.kernel.plugin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Alternative;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Tally;

/** Checks and takes over what comes out of a plugin, so that nothing of it is held or called later. */
public final class PluginBoundary {
    private static final int LONGEST_TEXT = 500;
    private static final int MOST_TALLIES = 64;

    private PluginBoundary() {}

    /** Turns a throwable into text; its class may be a plugin's, so it is not kept, and may throw itself. */
    public static String text(Throwable thrown) {
        String text;
        try {
            String message = thrown.getMessage();
            text = thrown.getClass().getName() + (message == null ? "" : ": " + message);
        } catch (Throwable again) {
            text = thrown.getClass().getName();
        }
        StackTraceElement[] frames = frames(thrown);
        return cut(frames.length == 0 ? text : text + " at " + frames[0]);
    }

    private static StackTraceElement[] frames(Throwable thrown) {
        try {
            return thrown.getStackTrace();
        } catch (Throwable again) {
            return new StackTraceElement[0];
        }
    }

    /** Says what is wrong with the form of an answer; null = nothing. */
    public static @Nullable String malformed(@Nullable Answer<?> answer, Class<?> choices) {
        if (answer == null) {
            return "answered null";
        }
        if (!choices.isInstance(answer.choice())) {
            return answer.choice() == null
                    ? "chose null"
                    : "chose a " + answer.choice().getClass().getName() + " instead of a " + choices.getName();
        }
        if (answer.because() == null) {
            return "gave no reason: because is null";
        }
        for (Alternative<?> alternative : answer.alternatives()) {
            if (!choices.isInstance(alternative.choice())) {
                return "gave an alternative that is no " + choices.getName();
            }
        }
        return null;
    }

    /** Cuts what is too long. */
    public static <A> Answer<A> cut(Answer<A> answer) {
        List<Tally> vetoes = answer.vetoes();
        if (answer.because().length() <= LONGEST_TEXT && vetoes.size() <= MOST_TALLIES) {
            return answer;
        }
        return new Answer<>(
                answer.choice(),
                cut(answer.because()),
                answer.alternatives(),
                vetoes.subList(0, Math.min(vetoes.size(), MOST_TALLIES)));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }
}
