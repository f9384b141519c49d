package org.vinestock.dataplane.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The tools of QEMU; a test that calls them is skipped where they are not, unless they are required. */
public final class Qemu {
    private Qemu() {}

    /** Skips the test where the tools are not, or lets it fail later where {@code VINESTOCK_REAL=required}. */
    public static void needed() {
        if (!"required".equals(System.getenv("VINESTOCK_REAL"))) {
            Assumptions.assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin/qemu-img")) && Files.isExecutable(Path.of("/usr/bin/qemu-io")),
                    "qemu-img and qemu-io are not installed (Debian: qemu-utils)");
        }
    }

    /** Runs {@code qemu-img}, and fails unless it ends with 0. */
    public static String img(Object... arguments) throws IOException {
        return run("qemu-img", arguments);
    }

    /** Runs commands of {@code qemu-io} on an image. */
    public static String io(Path image, String... commands) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("-f", "qcow2"));
        for (String command : commands) {
            arguments.add("-c");
            arguments.add(command);
        }
        arguments.add(image);
        String said = run("qemu-io", arguments.toArray());
        assertEquals(false, said.contains("failed"), said);
        return said;
    }

    private static String run(String program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + said);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return said;
    }
}
