package org.vinestock.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Prints figures, each with the load average of its moment: on a shared machine a figure says little without. */
public final class Figures {
    private Figures() {}

    /** Prints one line. */
    @SuppressWarnings("AnnotateFormatMethod") // it is annotated by its only use: literals
    public static void say(String format, Object... values) {
        System.out.println(
                String.format(Locale.ROOT, format, values) + String.format(Locale.ROOT, "   [load %.1f]", load()));
    }

    /** Prints what is measured on: Java, processors, heap, collector. */
    public static void sayMachine() {
        say(
                "java %s, %d cpus, heap %d MB, %s",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** What a share of sorted values does not exceed; 0.5 is the median. */
    public static long quantile(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * share))];
    }

    /** The same in microseconds, of nanoseconds. */
    public static double micros(long[] sorted, double share) {
        return quantile(sorted, share) / 1e3;
    }

    /** The same in milliseconds, of nanoseconds. */
    public static double millis(long[] sorted, double share) {
        return quantile(sorted, share) / 1e6;
    }
}
