package org.vinestock.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which classes a JVM holds and which class loaders loaded them, as the JDK's {@code jcmd} shows it. */
public final class LoadedClasses {
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Pattern LOADER = Pattern.compile("^[ |]*Loader Data: (0x[0-9a-f]+)$");
    private static final Pattern CLASS = Pattern.compile("^[ |]*(?:Classes: )?([\\w$]+(?:\\.[\\w$]+)+)$");

    private LoadedClasses() {}

    /** The classes whose names begin so, each with its loaders; garbage is collected first. */
    public static SortedMap<String, SortedSet<String>> of(ProcessHandle jvm, String begin) {
        jcmd(jvm, "GC.run");
        SortedMap<String, SortedSet<String>> found = new TreeMap<>();
        String loader = "";
        for (String line :
                jcmd(jvm, "VM.classloaders", "show-classes", "verbose").lines().toList()) {
            Matcher ofLoader = LOADER.matcher(line);
            Matcher ofClass = CLASS.matcher(line);
            if (ofLoader.matches()) {
                loader = ofLoader.group(1);
            } else if (ofClass.matches() && ofClass.group(1).startsWith(begin)) {
                found.computeIfAbsent(ofClass.group(1), name -> new TreeSet<>()).add(loader);
            }
        }
        return found;
    }

    /** What the JDK's {@code jcmd} prints when it is given a command for a JVM. */
    public static String jcmd(ProcessHandle jvm, String... command) {
        String[] all = new String[command.length + 2];
        all[0] = JCMD.toString();
        all[1] = String.valueOf(jvm.pid());
        System.arraycopy(command, 0, all, 2, command.length);
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("jcmd failed: " + out);
            }
            return out;
        } catch (IOException e) {
            throw new IllegalStateException("jcmd could not be called; a JDK has it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
