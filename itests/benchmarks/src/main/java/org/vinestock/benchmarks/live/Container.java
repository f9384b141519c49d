package org.vinestock.benchmarks.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vinestock.itests.Distribution;
import org.vinestock.itests.LoadedClasses;

/** The process of a container, as the system and its JVM see it. */
final class Container {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+\\.\\d+)ms");
    private static final double TICKS_A_SECOND = 100; // of Linux on every platform that Java has

    private final ProcessHandle process;
    private final Path gcLog;

    Container(Distribution site) {
        process = site.container().orElseThrow();
        gcLog = gcLog(site.home());
    }

    static Path gcLog(Path home) {
        return home.resolve("gc.log");
    }

    /** CPU time used so far, in seconds. */
    double cpuSeconds() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    long residentMb() {
        return number(RESIDENT, read("status")) >> 10;
    }

    /** Megabytes of objects that are alive. */
    long liveMb() {
        LoadedClasses.jcmd(process, "GC.run");
        return number(USED, LoadedClasses.jcmd(process, "GC.heap_info")) >> 10;
    }

    /** How many lines the log of the collector has. */
    int gcMark() {
        return gcLines().size();
    }

    /** Pauses since a mark, sorted, in microseconds. */
    long[] pauses(int mark) {
        List<String> lines = gcLines();
        long[] micros = lines.subList(mark, lines.size()).stream()
                .map(PAUSE::matcher)
                .filter(Matcher::find)
                .mapToLong(matcher -> (long) (Double.parseDouble(matcher.group(1)) * 1000))
                .toArray();
        Arrays.sort(micros);
        return micros;
    }

    private List<String> gcLines() {
        try {
            return Files.readAllLines(gcLog);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is known of process " + process.pid(), e);
        }
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
