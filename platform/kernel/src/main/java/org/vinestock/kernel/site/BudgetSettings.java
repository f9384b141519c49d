package org.vinestock.kernel.site;

import java.time.Duration;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.kernel.budget.BudgetLimits;
import org.vinestock.kernel.budget.BudgetLimits.Limit;

/**
 * Reads {@code etc/org.vinestock.budgets.cfg}, again whenever it changes. A value that is not accepted is named, and the
 * default holds instead.
 */
@Component(service = BudgetSettings.class, configurationPid = BudgetSettings.PID)
@Designate(ocd = BudgetSettings.Configuration.class)
public final class BudgetSettings {
    static final String PID = "org.vinestock.budgets";

    private static final Logger LOG = LoggerFactory.getLogger(BudgetSettings.class);
    private static final int MOST = 1_000_000;
    private static final int DAY = 86_400;

    /** The keys, each for every cluster; texts, so that one that is no number is told in our words. */
    @ObjectClassDefinition(name = "Vinestock action budgets")
    @interface Configuration {
        /** VMs restarted at once; 0 = no limit. */
        @AttributeDefinition(min = "0")
        String restarts_at_once() default "100";

        /** VMs restarted in an hour; 0 = no limit. */
        @AttributeDefinition(min = "0")
        String restarts_per_hour() default "10000";

        /** Seconds after a restart before the same VM is restarted again. */
        @AttributeDefinition(min = "0")
        String restarts_cooldown_seconds() default "5";

        /** VMs on the move at once; 0 = no limit. */
        @AttributeDefinition(min = "0")
        String moves_at_once() default "10";

        /** VMs moved in an hour; 0 = no limit. */
        @AttributeDefinition(min = "0")
        String moves_per_hour() default "500";

        /** Seconds after a move before the same VM is moved again. */
        @AttributeDefinition(min = "0")
        String moves_cooldown_seconds() default "300";

        /** Hosts powered off at once; 0 = no limit. */
        @AttributeDefinition(min = "0")
        String hosts_off_at_once() default "2";

        /** Hosts powered off in an hour; 0 = no limit. */
        @AttributeDefinition(min = "0")
        String hosts_off_per_hour() default "20";

        /** How many of a hundred hosts may be off or down. */
        @AttributeDefinition(min = "0", max = "100")
        String hosts_off_percent() default "20";
    }

    private volatile BudgetLimits limits;
    private volatile Consumer<BudgetLimits> listener = changed -> {};

    /** Reads what is configured. */
    @Activate
    public BudgetSettings(Configuration configuration) {
        limits = read(configuration, LOG::error);
    }

    @Modified
    void changed(Configuration configuration) {
        limits = read(configuration, LOG::error);
        listener.accept(limits);
    }

    /** What is configured now. */
    BudgetLimits limits() {
        return limits;
    }

    /** Tells {@code changed} of every change from now on, and nobody else. */
    void onChange(Consumer<BudgetLimits> changed) {
        listener = changed;
        changed.accept(limits);
    }

    /** The limits as configured; {@code errors} is told of each value that is not accepted. */
    static BudgetLimits read(Configuration configuration, Consumer<String> errors) {
        Reading reading = new Reading(errors);
        BudgetLimits usual = BudgetLimits.DEFAULTS;
        return new BudgetLimits(
                reading.limit(
                        "restarts",
                        configuration.restarts_at_once(),
                        configuration.restarts_per_hour(),
                        configuration.restarts_cooldown_seconds(),
                        usual.restarts()),
                reading.limit(
                        "moves",
                        configuration.moves_at_once(),
                        configuration.moves_per_hour(),
                        configuration.moves_cooldown_seconds(),
                        usual.moves()),
                reading.limit(
                        "hosts.off",
                        configuration.hosts_off_at_once(),
                        configuration.hosts_off_per_hour(),
                        "0",
                        usual.hostsOff()),
                reading.number("hosts.off.percent", configuration.hosts_off_percent(), 100, usual.hostsOffPercent()));
    }

    private record Reading(Consumer<String> errors) {
        Limit limit(String what, String atOnce, String perHour, String coolDown, Limit usual) {
            return new Limit(
                    number(what + ".at.once", atOnce, MOST, usual.inFlight()),
                    number(what + ".per.hour", perHour, MOST, usual.perHour()),
                    Duration.ofSeconds(number(what + ".cooldown.seconds", coolDown, DAY, (int)
                            usual.coolDown().toSeconds())));
        }

        int number(String key, String text, int most, int usual) {
            try {
                int value = Integer.parseInt(text.strip());
                if (value >= 0 && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below, with what is accepted
            }
            errors.accept("etc/" + PID + ".cfg: " + key + " = " + text + "; accepted: 0 to " + most + "; " + usual
                    + " holds instead");
            return usual;
        }
    }
}
