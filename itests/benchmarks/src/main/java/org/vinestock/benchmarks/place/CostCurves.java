package org.vinestock.benchmarks.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Draws what a question costs by the number of hosts, both axes logarithmic, as a picture that documents show. */
final class CostCurves {
    private static final int LEFT = 70;
    private static final int TOP = 20;
    private static final int WIDTH = 520;
    private static final int HEIGHT = 300;
    private static final List<String> COLOURS =
            List.of("#1b6ca8", "#7fb2d9", "#2e8b57", "#8fc7a5", "#b5651d", "#777777");

    /** By name, the microseconds by the number of hosts. */
    private final SortedMap<String, SortedMap<Integer, Double>> lines = new TreeMap<>();

    void add(String line, int hosts, double micros) {
        lines.computeIfAbsent(line, name -> new TreeMap<>()).put(hosts, micros);
    }

    void writeTo(Path file) throws IOException {
        double[] hosts = range(1, true);
        double[] micros = range(1, false);
        StringBuilder svg = new StringBuilder();
        say(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                LEFT + WIDTH + 170,
                TOP + HEIGHT + 50);
        say(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        for (double at = hosts[0]; at <= hosts[1] * 1.01; at *= 10) {
            double x = x(at, hosts);
            say(svg, "<path d=\"M%.1f %d V%d\" stroke=\"#dddddd\"/>", x, TOP, TOP + HEIGHT);
            say(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>", x, TOP + HEIGHT + 18, at);
        }
        for (double at = micros[0]; at <= micros[1] * 1.01; at *= 10) {
            double y = y(at, micros);
            say(svg, "<path d=\"M%d %.1f H%d\" stroke=\"#dddddd\"/>", LEFT, y, LEFT + WIDTH);
            say(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s us</text>", LEFT - 8, y + 4, number(at));
        }
        say(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">hosts</text>", LEFT + WIDTH / 2, TOP + HEIGHT + 38);
        int number = 0;
        for (Map.Entry<String, SortedMap<Integer, Double>> line : lines.entrySet()) {
            draw(svg, line.getKey(), line.getValue(), COLOURS.get(number % COLOURS.size()), number++, hosts, micros);
        }
        svg.append("</svg>\n");
        Files.writeString(file, svg);
    }

    private static void draw(
            StringBuilder svg,
            String name,
            SortedMap<Integer, Double> points,
            String colour,
            int number,
            double[] hosts,
            double[] micros) {
        StringBuilder path = new StringBuilder();
        points.forEach((at, value) -> {
            path.append(String.format(
                    Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", x(at, hosts), y(value, micros)));
            say(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x(at, hosts), y(value, micros), colour);
        });
        say(svg, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour);
        int y = TOP + 10 + 20 * number;
        int x = LEFT + WIDTH + 15;
        say(svg, "<path d=\"M%d %d h18\" stroke=\"%s\" stroke-width=\"3\"/>", x, y, colour);
        say(svg, "<text x=\"%d\" y=\"%d\">%s</text>", x + 24, y + 4, name);
    }

    private double[] range(double least, boolean ofHosts) {
        double low = Double.MAX_VALUE;
        double high = least;
        for (SortedMap<Integer, Double> points : lines.values()) {
            for (Map.Entry<Integer, Double> point : points.entrySet()) {
                double value = ofHosts ? point.getKey() : point.getValue();
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return new double[] {Math.pow(10, Math.floor(Math.log10(low))), Math.pow(10, Math.ceil(Math.log10(high)))};
    }

    private static double x(double hosts, double[] range) {
        return LEFT + WIDTH * Math.log(hosts / range[0]) / Math.log(range[1] / range[0]);
    }

    private static double y(double micros, double[] range) {
        return TOP + HEIGHT - HEIGHT * Math.log(micros / range[0]) / Math.log(range[1] / range[0]);
    }

    private static String number(double value) {
        return value < 1 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%,.0f", value);
    }

    private static void say(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
