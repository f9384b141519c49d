package org.vinestock.surfaces.text;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vinestock.surfaces.form.Field;

/** Sets rows of records as an aligned table: numbers to the right, text shortened only as far as the screen wants it. */
public final class Table {
    /** A width without limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final String GAP = "  ";
    private static final int LEAST = 6;
    private static final char CUT = '~';

    private final List<RecordComponent> columns;
    private final List<List<String>> lines = new ArrayList<>();

    private Table(Class<? extends Record> rowType) {
        this.columns = Arrays.asList(rowType.getRecordComponents());
        lines.add(columns.stream()
                .map(column -> Field.inWords(column.getName(), ' ').toUpperCase(Locale.ROOT))
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
                    .map(column -> Cells.text(Cells.value(row, column)))
                    .toList());
        }
        return table.set(width);
    }

    /** Sets one record as lines of name and value. */
    public static List<String> facts(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        int widest = Arrays.stream(components)
                .mapToInt(component -> Field.inWords(component.getName(), ' ').length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (RecordComponent component : components) {
            String name = Field.inWords(component.getName(), ' ');
            Object value = Cells.value(record, component);
            String begin = name + " ".repeat(widest - name.length()) + GAP;
            List<String> rows = value instanceof List<?> many ? nested(many) : List.of();
            if (rows.isEmpty()) {
                lines.add(begin + Cells.text(value));
            }
            for (int i = 0; i < rows.size(); i++) {
                lines.add((i == 0 ? begin : " ".repeat(begin.length())) + rows.get(i));
            }
        }
        return lines;
    }

    /** Records of several values as a table of their own, or a line each if they differ; empty for simple values. */
    private static List<String> nested(List<?> many) {
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
                ? lines(type, rows, UNLIMITED)
                : rows.stream().map(Cells::text).toList();
    }

    /** The sentence of a record that consists of one, such as {@code Said(String sentence)}. */
    public static Optional<String> sentence(Record record) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        return components.length == 1 && components[0].getType() == String.class
                ? Optional.of(Cells.text(Cells.value(record, components[0])))
                : Optional.empty();
    }

    private List<String> set(int width) {
        int[] widths = widths(width);
        List<String> set = new ArrayList<>();
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                String cell = cut(line.get(c), widths[c]);
                String blank = " ".repeat(widths[c] - cell.length());
                text.append(c == 0 ? "" : GAP).append(right(c) ? blank + cell : cell + blank);
            }
            set.add(text.toString().stripTrailing());
        }
        return set;
    }

    private int[] widths(int width) {
        int[] widths = new int[columns.size()];
        for (List<String> line : lines) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], line.get(c).length());
            }
        }
        long over = Arrays.stream(widths).sum() + (long) GAP.length() * (widths.length - 1) - width;
        for (; over > 0; over--) {
            int widest = widestText(widths);
            if (widest < 0) {
                return widths;
            }
            widths[widest]--;
        }
        return widths;
    }

    /** The widest column of text that may still become narrower; -1 if there is none. */
    private int widestText(int[] widths) {
        int widest = -1;
        for (int c = 0; c < widths.length; c++) {
            if (!right(c) && widths[c] > LEAST && (widest < 0 || widths[c] > widths[widest])) {
                widest = c;
            }
        }
        return widest;
    }

    private boolean right(int column) {
        return Cells.numeric(columns.get(column).getType());
    }

    private static String cut(String cell, int width) {
        return cell.length() <= width ? cell : cell.substring(0, width - 1) + CUT;
    }
}
