package org.vinestock.store.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.vinestock.journal.Line;

/** Lines of blocks that come in the order of their ends, put into the order of their numbers, up to a limit. */
final class Gathered {
    private final Comparator<Line> order;
    private final int limit;
    private final List<Line> lines = new ArrayList<>();

    /** {@code order}: by numbers, up or down. */
    Gathered(Comparator<Line> order, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit + "; accepted: 1 or more");
        }
        this.order = order;
        this.limit = limit;
    }

    void add(List<Line> of, Predicate<Line> wanted) {
        for (Line line : of) {
            if (wanted.test(line)) {
                int at = lines.size();
                while (at > 0 && order.compare(lines.get(at - 1), line) > 0) {
                    at--;
                }
                lines.add(at, line);
            }
        }
    }

    /** Whether no block that begins at a number, or comes after such a one, has a line that still counts. */
    boolean fullBelow(long number) {
        return lines.size() >= limit && order.compare(lines.get(limit - 1), numbered(number)) < 0;
    }

    private static Line numbered(long number) {
        return new Line(number, Instant.EPOCH, "", "");
    }

    List<Line> lines() {
        return List.copyOf(lines.subList(0, Math.min(limit, lines.size())));
    }
}
