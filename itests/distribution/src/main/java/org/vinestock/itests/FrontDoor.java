package org.vinestock.itests;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Calls {@code karaf-assembly/run}, which must not build: the tests want what was built with them. */
public final class FrontDoor {
    private static final Path RUN = Path.of(property("vinestock.run")).normalize();
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final String PROMPT = "@vinestock\\(\\)> ";

    private FrontDoor() {}

    /** A new, empty folder for a home, below the build's folder, so that its logs can be read after a failure. */
    public static Path newHome(String name) {
        try {
            Path homes = Files.createDirectories(Path.of(property("vinestock.homes")));
            return Files.createTempDirectory(homes, name + "-");
        } catch (IOException e) {
            throw new IllegalStateException("no folder for a home", e);
        }
    }

    public static Ended run(String... arguments) {
        return run(Map.ofEntries(), arguments);
    }

    /** Calls it with further environment variables and returns when it ended and its output is read. */
    public static Ended run(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("bash", RUN.toString()));
        command.addAll(Arrays.asList(arguments));
        return call(command, environment, "");
    }

    /** Opens the shell of a home on a terminal that is {@code columns} wide, and types into it. */
    public static Ended shell(Path home, int columns, String typed) {
        String shell = "stty cols " + columns + " rows 40; exec bash '" + RUN + "' shell --home '" + home + "'";
        try {
            Path out = Files.createTempFile("run", ".out");
            ProcessBuilder builder = new ProcessBuilder("script", "-qec", shell, "/dev/null")
                    .directory(new File("/"))
                    .redirectOutput(out.toFile())
                    .redirectError(Redirect.DISCARD);
            builder.environment().put("VINESTOCK_BUILD", "no");
            Process process = builder.start();
            try (Writer keys = process.outputWriter(StandardCharsets.UTF_8)) {
                int prompts = 0;
                for (String line : typed.lines().toList()) {
                    int wanted = ++prompts;
                    Distribution.eventually("prompt " + wanted + " in " + out, LIMIT, () -> prompts(out, wanted));
                    keys.write(line + "\n");
                    keys.flush();
                }
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("the shell did not end within " + LIMIT + "; out: " + text(out));
                }
                return new Ended(process.exitValue(), text(out), "");
            } finally {
                process.destroyForcibly();
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the shell could not be called", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the shell", e);
        }
    }

    /** Whether a shell has asked for so many lines; what is typed earlier is echoed into whatever is printed. */
    private static Optional<Boolean> prompts(Path out, int wanted) {
        try {
            return Optional.of(text(out).split(PROMPT, -1).length > wanted).filter(asked -> asked);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Ended call(List<String> command, Map<String, String> environment, String typed) {
        try {
            Path in = Files.writeString(Files.createTempFile("run", ".in"), typed);
            Path out = Files.createTempFile("run", ".out");
            Path err = Files.createTempFile("run", ".err");
            try {
                // Files, not pipes: a supervisor must not be able to hold the caller by an inherited descriptor.
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(new File("/"))
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().put("VINESTOCK_BUILD", "no");
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(
                            command + " did not end within " + LIMIT + "; out: " + Files.readString(out));
                }
                return new Ended(process.exitValue(), text(out), text(err));
            } finally {
                Files.delete(in);
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new IllegalStateException(command + " could not be called", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + command, e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the system property " + name + " is not set; Maven sets it");
        }
        return value;
    }
}
