package org.vinestock.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** The classes at the edge that may do what a ban forbids, each with its reason; see {@code exemptions.txt}. */
final class Exemptions {
    private record Line(Bans ban, String type) {
        boolean covers(Bans forbidden, String outermost) {
            return ban == forbidden
                    && (type.endsWith(ALL_BELOW)
                            ? outermost.startsWith(type.substring(0, type.length() - ALL_BELOW.length() + 1))
                            : outermost.equals(type));
        }
    }

    /** Ends the name of a package all of whose classes are meant, and those of packages below. */
    private static final String ALL_BELOW = ".**";

    private final List<Line> lines;
    private final TreeSet<String> used = new TreeSet<>();

    private Exemptions(List<Line> lines) {
        this.lines = lines;
    }

    static Exemptions load() {
        List<Line> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Exemptions.class.getResourceAsStream("/exemptions.txt")),
                StandardCharsets.UTF_8))) {
            for (String text : reader.lines().toList()) {
                if (!text.isBlank() && !text.startsWith("#")) {
                    String[] words = text.split("\\s+", 3);
                    if (words.length < 3) {
                        throw new IllegalArgumentException("an exemption is BAN CLASS REASON, not '" + text + "'");
                    }
                    lines.add(new Line(Bans.valueOf(words[0]), words[1]));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("exemptions.txt cannot be read", e);
        }
        return new Exemptions(lines);
    }

    boolean covers(Bans ban, JavaClass type) {
        String outermost = type.getName().replaceFirst("\\$.*", "");
        boolean covered = false;
        for (Line line : lines) {
            if (line.covers(ban, outermost)) {
                used.add(line.ban() + " " + line.type());
                covered = true;
            }
        }
        return covered;
    }

    /** Lines that no class needs any more. */
    List<String> unused() {
        return lines.stream()
                .map(line -> line.ban() + " " + line.type())
                .filter(line -> !used.contains(line))
                .toList();
    }
}
