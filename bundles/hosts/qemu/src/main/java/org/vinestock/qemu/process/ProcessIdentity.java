package org.vinestock.qemu.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Names a process so that another one that got its number later is not taken for it.
 *
 * @param pid its number
 * @param startTicks when it began, in clock ticks since the machine booted: field 22 of {@code /proc/PID/stat}, proc(5)
 * @param bootId of which boot of the machine: {@code /proc/sys/kernel/random/boot_id}
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {
    private static final Path PROC = Path.of("/proc");

    /** Of a process that runs; empty if there is none with that number, or it is only waiting to be reaped. */
    public static Optional<ProcessIdentity> of(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The second field is the program's name in parentheses, which may have spaces and parentheses itself.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean gone = fields[0].equals("Z") || fields[0].equals("X");
            return gone
                    ? Optional.empty()
                    : Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[19]), currentBoot()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it went while it was read: ESRCH
        }
    }

    /** Whether that very process runs. */
    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Whether it was started with an argument, which is at least its second. */
    boolean hasArgument(String argument) {
        try {
            return Files.readString(PROC.resolve(pid + "/cmdline"), StandardCharsets.UTF_8)
                    .contains("\0" + argument + "\0");
        } catch (IOException e) {
            return false; // it is gone, or somebody else's
        }
    }

    private static String currentBoot() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }

    /** Asks it to end (SIGTERM), or ends it (SIGKILL); nothing if it is not there any more. */
    public void end(boolean now) {
        if (alive()) {
            ProcessHandle.of(pid).ifPresent(now ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
        }
    }
}
