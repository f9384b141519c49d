package org.vinestock.surfaces.text;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vinestock.model.ByteCount;
import org.vinestock.view.InWords;

/** Sets rows of records as an aligned table: numbers to the right, text folded only as far as the screen wants it. */
public final class Table {
    /** A width without limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final String GAP = "  ";
    private static final int LEAST = 6;

    private final List<RecordComponent> columns;
    private final List<List<String>> lines = new ArrayList<>();

    private Table(Class<? extends Record> rowType) {
        this.columns = Arrays.asList(rowType.getRecordComponents());
        lines.add(columns.stream()
                .map(column -> InWords.name(column.getName(), ' ').toUpperCase(Locale.ROOT))
                .toList());
    }

    /** Sets rows as lines no wider than {@code width}, with a line of headings; empty if there is no row. */
    public static List<String> lines(Class<? extends Record> rowType, List<? extends Record> rows, int width) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Table table = new Table(rowType);
        for (Record row : rows) {
            table.lines.add(table.columns.stream()
                    .map(column -> InWords.of(InWords.value(row, column)))
                    .toList());
        }
        return table.set(width);
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
                rows = fold(InWords.of(value), room);
            }
            for (int i = 0; i < rows.size(); i++) {
                lines.add((i == 0 ? begin : " ".repeat(begin.length())) + rows.get(i));
            }
        }
        return lines;
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

    private int[] widths(int width) {
        int[] widths = new int[columns.size()];
        int[] words = new int[columns.size()];
        for (List<String> line : lines) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], line.get(c).length());
                words[c] = Math.max(words[c], longestWord(line.get(c)));
            }
        }
        long over = Arrays.stream(widths).sum() + (long) GAP.length() * (widths.length - 1) - width;
        for (; over > 0; over--) {
            int widest = widestText(widths, words);
            if (widest < 0) {
                widest = widestText(widths, new int[widths.length]);
            }
            if (widest < 0) {
                return widths;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int longestWord(String cell) {
        return Arrays.stream(cell.split(" ", -1)).mapToInt(String::length).max().orElse(0);
    }

    /** The widest column of text that may still become narrower than now; -1 if there is none. */
    private int widestText(int[] widths, int[] least) {
        int widest = -1;
        for (int c = 0; c < widths.length; c++) {
            boolean may = !right(c) && widths[c] > Math.max(LEAST, least[c]);
            if (may && (widest < 0 || widths[c] > widths[widest])) {
                widest = c;
            }
        }
        return widest;
    }

    private boolean right(int column) {
        Class<?> type = columns.get(column).getType();
        return (type.isPrimitive() && type != boolean.class && type != char.class)
                || Number.class.isAssignableFrom(type)
                || type == ByteCount.class
                || type == Duration.class;
    }
}
