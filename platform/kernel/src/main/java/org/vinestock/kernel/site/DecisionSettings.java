package org.vinestock.kernel.site;

import java.time.Duration;
import java.util.function.Consumer;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.vinestock.journal.Keeping;
import org.vinestock.kernel.turn.DecisionLimits;

/** Reads {@code etc/org.vinestock.decisions.cfg}. A value that is not accepted is named, and the default holds instead. */
final class DecisionSettings {
    static final String PID = "org.vinestock.decisions";

    /** The keys; texts, so that one that is no number is told in our words. */
    @ObjectClassDefinition(name = "Vinestock decisions")
    @interface Configuration {
        /** The breaker looks at this many of a strategy's last answers. */
        @AttributeDefinition(min = "1", max = "64")
        String breaker_window() default "20";

        /** It opens when this many of them were late, thrown or refused by a guardrail. */
        @AttributeDefinition(min = "1", max = "64")
        String breaker_failures() default "5";

        /** How many seconds it stays open before one question is tried. */
        @AttributeDefinition(min = "1", max = "3600")
        String breaker_retry_seconds() default "10";

        /** How many decisions the ledger holds. */
        @AttributeDefinition(min = "1", max = "10000000")
        String ledger_rows() default "10000";

        /** How many MiB they may take, roughly. */
        @AttributeDefinition(min = "1", max = "65536")
        String ledger_mebibytes() default "32";

        /** How many days decisions are kept on disk. */
        @AttributeDefinition(min = "1", max = "3650")
        String ledger_days() default "14";

        /** How many MiB they may take there, compressed; whichever is reached first. */
        @AttributeDefinition(min = "1", max = "16384")
        String ledger_disk_mebibytes() default "512";
    }

    private final Consumer<String> errors;

    private DecisionSettings(Consumer<String> errors) {
        this.errors = errors;
    }

    /** The limits as configured; {@code errors} is told of each value that is not accepted. */
    static DecisionLimits limits(Configuration configuration, Consumer<String> errors) {
        DecisionSettings settings = new DecisionSettings(errors);
        DecisionLimits usual = DecisionLimits.DEFAULTS;
        int window = settings.read(
                "breaker.window", configuration.breaker_window(), Long.SIZE, usual.breakerWindow(), Long.SIZE + "");
        int failures = settings.read(
                "breaker.failures",
                configuration.breaker_failures(),
                window,
                Math.min(usual.breakerFailures(), window),
                window + ", which is breaker.window");
        int retry = settings.read(
                "breaker.retry.seconds",
                configuration.breaker_retry_seconds(),
                3_600,
                (int) usual.breakerRetry().toSeconds(),
                "3600");
        int rows =
                settings.read("ledger.rows", configuration.ledger_rows(), 10_000_000, usual.ledgerRows(), "10000000");
        int mebibytes = settings.read(
                "ledger.mebibytes",
                configuration.ledger_mebibytes(),
                65_536,
                (int) (usual.ledgerBytes() >> 20),
                "65536");
        return usual.breaker(window, failures, Duration.ofSeconds(retry)).ledger(rows, (long) mebibytes << 20);
    }

    /** How much of the ledger is kept on disk; {@code errors} is told of each value that is not accepted. */
    static Keeping keeping(Configuration configuration, Consumer<String> errors) {
        DecisionSettings settings = new DecisionSettings(errors);
        int days = settings.read("ledger.days", configuration.ledger_days(), 3_650, 14, "3650");
        int mebibytes =
                settings.read("ledger.disk.mebibytes", configuration.ledger_disk_mebibytes(), 16_384, 512, "16384");
        return new Keeping(Duration.ofDays(days), (long) mebibytes << 20);
    }

    private int read(String key, String text, int most, int usual, String upTo) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, with what is accepted
        }
        errors.accept("etc/" + PID + ".cfg: " + key + " = " + text + "; accepted: 1 to " + upTo + "; " + usual
                + " holds instead");
        return usual;
    }
}
