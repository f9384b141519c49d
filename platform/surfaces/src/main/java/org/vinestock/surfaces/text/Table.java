package org.vinestock.surfaces.text;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.ByteCount;
import org.vinestock.view.InWords;

/**
 * Sets rows of records as an aligned table: numbers to the right, text folded between words as far as the screen wants it.
 * Where not even the words fit beside each other, each row becomes lines of name and value.
 */
public final class Table {
    /** A width without limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final String GAP = "  ";
    private static final int LEAST = 6;
    private static final int MOST_SHOWN = 40;

    private final List<RecordComponent> columns;
    private final List<List<String>> lines = new ArrayList<>();
    private final int[] widest;
    private final int[] least;

    private Table(Class<? extends Record> rowType, List<? extends Record> rows) {
        columns = Arrays.asList(rowType.getRecordComponents());
        widest = new int[columns.size()];
        least = new int[columns.size()];
        List<String> headings = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            String heading = InWords.name(columns.get(c).getName(), ' ').toUpperCase(Locale.ROOT);
            headings.add(heading);
            widest[c] = heading.length();
            least[c] = right(c) ? heading.length() : longestWord(heading);
        }
        lines.add(headings);
        rows.forEach(this::add);
    }

    private void add(Record row) {
        List<String> line = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            Object value = InWords.value(row, columns.get(c));
            String text = text(value);
            line.add(text);
            widest[c] = Math.max(widest[c], text.length());
            least[c] = Math.max(least[c], right(c) || whole(value) ? text.length() : longestWord(text));
        }
        lines.add(line);
    }

    /** Sets rows as lines no wider than {@code width}, with a line of headings; empty if there is no row. */
    public static List<String> lines(Class<? extends Record> rowType, List<? extends Record> rows, int width) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Table table = new Table(rowType, rows);
        return table.fits(width) ? table.set(width) : oneByOne(rows, width);
    }

    private static List<String> oneByOne(List<? extends Record> rows, int width) {
        List<String> lines = new ArrayList<>();
        for (Record row : rows) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(facts(row, width));
        }
        return lines;
    }

    /** Sets one record as lines of name and value, no wider than {@code width} where text can be folded. */
    public static List<String> facts(Record record, int width) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        int widest = Arrays.stream(components)
                .mapToInt(component -> InWords.name(component.getName(), ' ').length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (RecordComponent component : components) {
            String name = InWords.name(component.getName(), ' ');
            Object value = InWords.value(record, component);
            String begin = name + " ".repeat(widest - name.length()) + GAP;
            int room = Math.max(LEAST, width - begin.length());
            List<String> rows = value instanceof List<?> many ? nested(many, room) : List.of();
            if (rows.isEmpty()) {
                rows = fold(text(value), room);
            }
            for (int i = 0; i < rows.size(); i++) {
                lines.add((i == 0 ? begin : " ".repeat(begin.length())) + rows.get(i));
            }
        }
        return lines;
    }

    /** A value in words; of a long list its beginning. */
    private static String text(@Nullable Object value) {
        if (value instanceof List<?> many && many.size() > MOST_SHOWN) {
            return InWords.of(many.subList(0, MOST_SHOWN)) + " and " + (many.size() - MOST_SHOWN)
                    + " more, which --json shows";
        }
        return InWords.of(value);
    }

    /** Records of several values as a table of their own, or a line each if they differ; empty for simple values. */
    private static List<String> nested(List<?> many, int width) {
        List<Record> rows = many.stream()
                .filter(each ->
                        each instanceof Record record && record.getClass().getRecordComponents().length > 1)
                .map(Record.class::cast)
                .toList();
        if (rows.isEmpty() || rows.size() < many.size()) {
            return List.of();
        }
        Class<? extends Record> type = rows.get(0).getClass();
        return rows.stream().allMatch(row -> row.getClass() == type)
                ? lines(type, rows, width)
                : rows.stream()
                        .flatMap(row -> fold(InWords.of(row), width).stream())
                        .toList();
    }

    /** The sentence of a record that consists of one, such as {@code Said(String sentence)}. */
    public static Optional<String> sentence(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        return components.length == 1 && components[0].getType() == String.class
                ? Optional.of(InWords.of(InWords.value(record, components[0])))
                : Optional.empty();
    }

    private List<String> set(int width) {
        int[] widths = widths(width);
        List<String> set = new ArrayList<>();
        for (List<String> line : lines) {
            List<List<String>> cells = new ArrayList<>();
            int height = 1;
            for (int c = 0; c < widths.length; c++) {
                List<String> cell = fold(line.get(c), widths[c]);
                cells.add(cell);
                height = Math.max(height, cell.size());
            }
            for (int i = 0; i < height; i++) {
                set.add(row(cells, i, widths));
            }
        }
        return set;
    }

    private String row(List<List<String>> cells, int line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String cell = line < cells.get(c).size() ? cells.get(c).get(line) : "";
            String blank = " ".repeat(widths[c] - cell.length());
            text.append(c == 0 ? "" : GAP).append(right(c) ? blank + cell : cell + blank);
        }
        return text.toString().stripTrailing();
    }

    /** Breaks a text into lines between words, and within a word only if it is longer than a line. */
    private static List<String> fold(String text, int width) {
        List<String> folded = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > 0 ? blank : width;
            folded.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        folded.add(rest);
        return folded;
    }

    /** Whether the words of all columns fit beside each other. */
    private boolean fits(int width) {
        return (long) Arrays.stream(least).sum() + gaps() <= width;
    }

    private int gaps() {
        return GAP.length() * (columns.size() - 1);
    }

    private int[] widths(int width) {
        int[] widths = widest.clone();
        for (long over = (long) Arrays.stream(widths).sum() + gaps() - width; over > 0; over--) {
            widths[widestThatFolds(widths)]--;
        }
        return widths;
    }

    /** The widest column that may still become narrower. */
    private int widestThatFolds(int[] widths) {
        int found = -1;
        for (int c = 0; c < widths.length; c++) {
            if (widths[c] > least[c] && (found < 0 || widths[c] > widths[found])) {
                found = c;
            }
        }
        return found;
    }

    private static int longestWord(String cell) {
        return Arrays.stream(cell.split(" ", -1)).mapToInt(String::length).max().orElse(0);
    }

    /** Whether a value is read as one word, however it is written. */
    private static boolean whole(@Nullable Object value) {
        Object present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return present instanceof Instant || present instanceof Duration || present instanceof Number;
    }

    private boolean right(int column) {
        Class<?> type = columns.get(column).getType();
        return (type.isPrimitive() && type != boolean.class && type != char.class)
                || Number.class.isAssignableFrom(type)
                || type == ByteCount.class
                || type == Duration.class;
    }
}
