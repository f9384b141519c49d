package org.vinestock.machines.provider;

import java.time.Duration;
import java.util.function.Consumer;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Reads {@code etc/org.vinestock.machines.cfg}. A value that is not accepted is named, and the default holds instead. */
final class MachineSettings {
    static final String PID = "org.vinestock.machines";
    static final Duration LOADS_EVERY = Duration.ofSeconds(5);

    private static final int MOST_SECONDS = 3_600;

    private MachineSettings() {}

    /** The keys; texts, so that one that is no number is told in our words. */
    @ObjectClassDefinition(name = "Vinestock machines")
    @interface Configuration {
        /** How many seconds pass between two samples of the hosts' loads. */
        @AttributeDefinition(min = "1", max = "3600")
        String loads_seconds() default "5";
    }

    /** How long it is between two samples of loads; {@code errors} is told of a value that is not accepted. */
    static Duration loadsEvery(Configuration configuration, Consumer<String> errors) {
        String text = configuration.loads_seconds();
        try {
            int seconds = Integer.parseInt(text.strip());
            if (seconds >= 1 && seconds <= MOST_SECONDS) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // said below, with what is accepted
        }
        errors.accept("etc/" + PID + ".cfg: loads.seconds = " + text + "; accepted: 1 to " + MOST_SECONDS + "; "
                + LOADS_EVERY.toSeconds() + " holds instead");
        return LOADS_EVERY;
    }
}
