package org.vinestock.benchmarks.swap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.vinestock.itests.Distribution;
import org.vinestock.itests.LoadedClasses;

/**
 * What a container holds after a garbage collection, while the lab stands still.
 *
 * @param pluginLoaders class loaders that loaded classes of the plugin
 * @param threads without those that Karaf keeps for a minute after each command of its shell
 * @param strategies in the list, whatever their state
 */
record Weight(
        long residentMb, long liveMb, int classes, int pluginLoaders, long bundles, long threads, long strategies) {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern LIVE = Pattern.compile("(?:generation|heap) +total \\d+K, used (\\d+)K");
    private static final String PLUGIN = "com.acme.";

    static Weight of(Distribution site) {
        ProcessHandle container = site.container().orElseThrow();
        SortedMap<String, SortedSet<String>> loaded = LoadedClasses.of(container, "");
        long live = sum(LIVE, LoadedClasses.jcmd(container, "GC.heap_info"));
        SortedSet<String> pluginLoaders = new TreeSet<>();
        int classes = 0;
        for (Map.Entry<String, SortedSet<String>> each : loaded.entrySet()) {
            classes += each.getValue().size();
            if (each.getKey().startsWith(PLUGIN)) {
                pluginLoaders.addAll(each.getValue());
            }
        }
        return new Weight(
                sum(RESIDENT, status(container)) >> 10,
                live >> 10,
                classes,
                pluginLoaders.size(),
                lines(site.exec("bundle:list -t 0 -s").orThrow(), "\\s*\\d+ \\|.*"),
                lines(LoadedClasses.jcmd(container, "Thread.print"), "\"(?!session-).*"),
                lines(site.exec("strategy:list").orThrow(), ".*@.*"));
    }

    private static String status(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status"));
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is known of process " + process.pid(), e);
        }
    }

    private static long lines(String text, String pattern) {
        return text.lines().filter(line -> line.matches(pattern)).count();
    }

    private static long sum(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .sum();
    }

    @Override
    public String toString() {
        return residentMb + " MB resident, " + liveMb + " MB of objects, " + classes + " classes, " + pluginLoaders
                + " class loaders of the plugin, " + bundles + " bundles, " + threads + " threads, " + strategies
                + " strategies known";
    }
}
