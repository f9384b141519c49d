package org.vinestock.qemu;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.qemu.machine.Target;
import org.vinestock.qemu.probe.Cpu;

/**
 * Reads {@code etc/org.vinestock.qemu.cfg}.
 *
 * @param accelerator {@code auto}, {@code kvm} or {@code tcg}
 */
record QemuConfiguration(
        HostId host,
        Path folder,
        Path memoryFolder,
        Path program,
        String accelerator,
        long millicores,
        ByteCount memory,
        Duration grace,
        Duration reconnect) {
    static final String PID = "org.vinestock.qemu";

    /** What a socket's path may be long at most, less a VM's name and a socket's. */
    private static final int LONGEST = 60;

    private static final long KEPT_BACK = 2L << 30;
    private static final int SHARE = 4;
    private static final int MOST_SECONDS = 86_400;

    /** The keys; texts, so that one that is wrong is told in our words. */
    @ObjectClassDefinition(name = "Vinestock QEMU")
    @interface Keys {
        /** Name of this machine as a host; empty = it is none. */
        @AttributeDefinition(required = false)
        String host() default "";

        /** Folder of the VMs. */
        @AttributeDefinition(required = false)
        String folder() default "";

        /** Folder of the VMs' memory. */
        @AttributeDefinition(required = false)
        String memory_folder() default "/dev/shm";

        /** QEMU; empty = that of this machine's CPU. */
        @AttributeDefinition(required = false)
        String program() default "";

        /** What runs guests' instructions. */
        @AttributeDefinition(required = false)
        String accelerator() default "auto";

        /** Cores that VMs may use. */
        @AttributeDefinition(required = false)
        String cores() default "";

        /** Memory that VMs may use. */
        @AttributeDefinition(required = false)
        String memory() default "";

        /** How long a guest may take to shut down. */
        @AttributeDefinition(required = false)
        String grace_seconds() default "60";

        /** How long a guest waits for its disk. */
        @AttributeDefinition(required = false)
        String reconnect_seconds() default "300";
    }

    /** Reads them; nothing if this machine is no host, or {@code errors} was told what is wrong. */
    static Optional<QemuConfiguration> of(Keys keys, Consumer<String> errors) {
        if (keys.host().isBlank()) {
            return Optional.empty();
        }
        try {
            Path folder = absolute("folder", keys.folder());
            if (folder.toString().length() > LONGEST) {
                throw new IllegalArgumentException("folder = " + folder
                        + " is too long for the sockets in it; accepted:" + " at most " + LONGEST + " characters");
            }
            return Optional.of(new QemuConfiguration(
                    new HostId(keys.host().strip()),
                    folder,
                    absolute("memory.folder", keys.memory_folder()),
                    program(keys.program()),
                    accelerator(keys.accelerator().strip()),
                    millicores(keys.cores().strip()),
                    memory(keys.memory().strip()),
                    seconds("grace.seconds", keys.grace_seconds()),
                    seconds("reconnect.seconds", keys.reconnect_seconds())));
        } catch (IllegalArgumentException e) {
            errors.accept("etc/" + PID + ".cfg: " + e.getMessage() + "; this machine is no host");
            return Optional.empty();
        }
    }

    private static Path absolute(String key, String text) {
        Path path = Path.of(text.strip());
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(key + " = " + text + "; accepted: an absolute path");
        }
        return path.normalize();
    }

    private static Path program(String text) {
        Path program = text.isBlank() ? Target.ofThisMachine() : absolute("program", text);
        Target.of(program);
        return program;
    }

    private static String accelerator(String text) {
        if (!text.equals("auto") && !text.equals("kvm") && !text.equals("tcg")) {
            throw new IllegalArgumentException("accelerator = " + text + "; accepted: auto, kvm, tcg");
        }
        return text;
    }

    private static long millicores(String text) {
        if (text.isEmpty()) {
            return 1000L * Runtime.getRuntime().availableProcessors();
        }
        try {
            long millicores = new BigDecimal(text).movePointRight(3).longValueExact();
            if (millicores > 0) {
                return millicores;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("cores = " + text + "; accepted: more than 0 in thousandths, such as 3.5");
    }

    private static ByteCount memory(String text) {
        if (!text.isEmpty()) {
            return ByteCount.parse(text);
        }
        long all = Cpu.memory();
        return new ByteCount(all - Math.min(KEPT_BACK, all / SHARE));
    }

    private static Duration seconds(String key, String text) {
        try {
            int seconds = Integer.parseInt(text.strip());
            if (seconds >= 0 && seconds <= MOST_SECONDS) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(key + " = " + text + "; accepted: 0 to " + MOST_SECONDS);
    }
}
