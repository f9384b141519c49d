package org.vinestock.qemu.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes in sessions of their own, so that they outlive whoever starts them: no terminal's signal and no end of
 * the container reaches them. No shell is involved: arguments arrive as they are.
 *
 * <p><b>Calls.</b> From threads that may wait: making a process takes some milliseconds.
 */
public final class Launcher {
    private static final String SETSID = "/usr/bin/setsid";
    private static final String PRLIMIT = "/usr/bin/prlimit";

    /** What a process may use at most. */
    public record Limits(int openFiles, long coreBytes) {
        /** Enough for a VM with some hundred disks and NICs, and no copy of its memory on the disk when it crashes. */
        public static final Limits VM = new Limits(4096, 0);
    }

    private Launcher() {}

    /**
     * Starts a program.
     *
     * @param command program and arguments
     * @param folder where it runs
     * @param log takes what it prints, after what is there
     * @throws IOException if it cannot be started at all; whether it goes on is for the caller to see
     */
    public static ProcessIdentity start(List<String> command, Path folder, Path log, Limits limits) throws IOException {
        List<String> whole = new ArrayList<>(
                List.of(SETSID, PRLIMIT, "--nofile=" + limits.openFiles(), "--core=" + limits.coreBytes(), "--"));
        whole.addAll(command);
        Process process = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // setsid and prlimit become the program, so number and start stay.
        return ProcessIdentity.of(process.pid())
                .orElseThrow(() -> new IOException(command.get(0) + " ended at once; see " + log));
    }
}
