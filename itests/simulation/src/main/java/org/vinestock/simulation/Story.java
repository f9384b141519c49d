package org.vinestock.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.json.JsonCodec;

/**
 * What happens on a site, as data: under the same seed a story is told alike, to the last byte. As a text it is a line of
 * JSON for the site and one for each happening; lines that begin with # are for people.
 *
 * @param broke the invariant that it broke once; null if none
 */
public record Story(
        long seed,
        Shape shape,
        List<Happening> happenings,
        @Nullable String broke) {
    private static final JsonCodec CODEC = new JsonCodec();

    private record Head(long seed, Shape shape, @Nullable String broke) {}

    /** Copies the list. */
    public Story {
        happenings = List.copyOf(happenings);
    }

    /** The same with other happenings. */
    public Story with(List<Happening> others) {
        return new Story(seed, shape, others, broke);
    }

    /** The same, which broke an invariant. */
    public Story thatBroke(String invariant) {
        return new Story(seed, shape, happenings, invariant);
    }

    /** Writes it as a text. */
    public String text() {
        StringBuilder text = new StringBuilder(CODEC.write(new Head(seed, shape, broke))).append('\n');
        for (Happening happening : happenings) {
            text.append(CODEC.write(happening)).append('\n');
        }
        return text.toString();
    }

    /**
     * Reads it from a text.
     *
     * @throws IllegalArgumentException naming the line and what is wrong with it
     */
    public static Story read(String text) {
        Head head = null;
        List<Happening> happenings = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                if (head == null) {
                    head = CODEC.read(line, Head.class);
                } else {
                    happenings.add(CODEC.read(line, Happening.class));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        if (head == null) {
            throw new IllegalArgumentException("a story without a line for its site");
        }
        return new Story(head.seed(), head.shape(), happenings, head.broke());
    }
}
