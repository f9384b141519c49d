package org.vinestock.dataplane.provider;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.vinestock.model.HostId;

/**
 * How this machine serves disks.
 *
 * @param host the name of this machine as a host
 * @param folder of the process, with its sockets and journal
 * @param disks where images are kept that are made here
 */
public record PlaneSettings(HostId host, Path folder, Path disks) {
    static final String PID = "org.vinestock.dataplane";

    /** What a socket's path may be long at most, sockaddr_un(7), and the longest name of one in the folder. */
    private static final int LONGEST = 107 - "/control.sock.new".length();

    /** The keys; texts, so that one that is wrong is told in our words. */
    @ObjectClassDefinition(name = "Vinestock data plane")
    @interface Configuration {
        /** Name of this machine as a host; empty = it serves no disks. */
        @AttributeDefinition(required = false)
        String host() default "";

        /** Folder of the process. */
        @AttributeDefinition(required = false)
        String folder() default "";

        /** Folder of the images. */
        @AttributeDefinition(required = false)
        String disks() default "";
    }

    /** Reads them; nothing if this machine serves no disks, or {@code errors} was told what is wrong. */
    static Optional<PlaneSettings> of(Configuration configuration, Consumer<String> errors) {
        String host = configuration.host().strip();
        if (host.isEmpty()) {
            return Optional.empty();
        }
        String file = "etc/" + PID + ".cfg: ";
        try {
            PlaneSettings settings = new PlaneSettings(
                    new HostId(host),
                    absolute("folder", configuration.folder()),
                    absolute("disks", configuration.disks()));
            if (settings.folder.toString().length() > LONGEST) {
                throw new IllegalArgumentException("folder = " + settings.folder + " is too long for the sockets in it;"
                        + " accepted: at most " + LONGEST + " characters");
            }
            return Optional.of(settings);
        } catch (IllegalArgumentException e) {
            errors.accept(file + e.getMessage() + "; this machine serves no disks");
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
}
