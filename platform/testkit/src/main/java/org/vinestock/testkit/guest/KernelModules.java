package org.vinestock.testkit.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The modules of a kernel package, which has no list of what depends on what: each module says it itself. */
final class KernelModules {
    private static final String SUFFIX = ".ko";

    private final Map<String, Path> files = new TreeMap<>();

    KernelModules(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(file -> file.toString().endsWith(SUFFIX)).forEach(file -> files.put(name(file), file));
        }
    }

    /** Those of some names and all that they need, each after what it needs. */
    List<Path> inOrder(List<String> names) throws IOException {
        Map<String, Path> order = new LinkedHashMap<>();
        for (String name : names) {
            add(name.replace('-', '_'), order);
        }
        return new ArrayList<>(order.values());
    }

    private void add(String name, Map<String, Path> order) throws IOException {
        Path file = files.get(name);
        if (file == null) {
            throw new IOException("the kernel has no module " + name);
        }
        if (order.containsKey(name)) {
            return;
        }
        for (String needed : needs(file)) {
            add(needed, order);
        }
        order.put(name, file);
    }

    /** From the section .modinfo, where strings of the form key=value end with a zero. */
    private static List<String> needs(Path file) throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        int at = content.indexOf("\0depends=");
        if (at < 0) {
            return List.of();
        }
        int from = at + "\0depends=".length();
        String value = content.substring(from, content.indexOf('\0', from));
        return value.isEmpty()
                ? List.of()
                : Stream.of(value.split(",", -1))
                        .map(each -> each.replace('-', '_'))
                        .toList();
    }

    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - SUFFIX.length()).replace('-', '_');
    }
}
