package org.vinestock.qemu.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** This machine's CPU and memory, by proc(5). */
public final class Cpu {
    private static final long KIB = 1024;

    private Cpu() {}

    /** The model's name; empty if the kernel says none. */
    public static String model() {
        return field("/proc/cpuinfo", "model name");
    }

    /** Bytes of memory. */
    public static long memory() {
        String total = field("/proc/meminfo", "MemTotal");
        String digits = total.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits) * KIB;
    }

    private static String field(String file, String name) {
        try {
            for (String line : Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)) {
                int colon = line.indexOf(':');
                if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
                    return line.substring(colon + 1).strip();
                }
            }
        } catch (IOException e) {
            // then nobody knows
        }
        return "";
    }
}
