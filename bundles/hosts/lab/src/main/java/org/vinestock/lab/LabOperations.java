package org.vinestock.lab;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.operation.Input;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Role;

/** The operations on the lab's site, with their parameters and results. */
public final class LabOperations {
    /** Builds the site. */
    public static final OperationType<BuildSite, SiteBuilt> BUILD = new OperationType<>(
            "lab.build", BuildSite.class, SiteBuilt.class, Role.OPERATOR, "Build a site of played hosts");

    /** Cuts power. */
    public static final OperationType<Target, HostsChanged> FAIL = new OperationType<>(
            "lab.fail", Target.class, HostsChanged.class, Role.OPERATOR, "Cut the power of a host, a rack or a zone");

    /** Gives power back. */
    public static final OperationType<OptionalTarget, HostsChanged> HEAL = new OperationType<>(
            "lab.heal",
            OptionalTarget.class,
            HostsChanged.class,
            Role.OPERATOR,
            "Give hosts without power their power back; their VMs are switched off");

    /** Makes lab time run faster. */
    public static final OperationType<Speed, SpeedChanged> SPEED = new OperationType<>(
            "lab.speed", Speed.class, SpeedChanged.class, Role.OPERATOR, "Set how fast lab time runs");

    private LabOperations() {}

    /** Parameters of {@link #BUILD}. */
    public record BuildSite(
            @Input(value = "Number of hosts", byDefault = "24") @Min(1) @Max(20_000)
            int hosts,

            @Input(value = "Number of racks", byDefault = "4") @Min(1) @Max(20_000)
            int racks,

            @Input(value = "Number of zones", byDefault = "2") @Min(1) @Max(20_000)
            int zones,

            @Input(value = "CPU cores of a host", byDefault = "32") @Min(1) @Max(4_096)
            int cores,

            @Input(value = "Memory of a host", byDefault = "128GiB")
            ByteCount memory,

            @Input(value = "VMs that arrive in a second at speed 1 and leave again later; 0 = none", byDefault = "0")
            @DecimalMin("0")
            @DecimalMax("1000")
            BigDecimal arrivals,

            @Input(value = "Decides loads, latencies and arrivals", byDefault = "1")
            long seed,

            @Input(value = "How often hosts measure their load, in lab time", byDefault = "5s")
            Duration loads) {}

    /** Result of {@link #BUILD}. */
    public record SiteBuilt(int hosts, int racks, int zones, BigDecimal arrivals) {}

    /** Parameters of {@link #FAIL}. */
    public record Target(
            @Input(value = "Name of a host, a rack or a zone, such as z1-r2-h07, z1-r2 or z1", at = 0)
            String target) {}

    /** Parameters of {@link #HEAL}. */
    public record OptionalTarget(
            @Input(value = "Name of a host, a rack or a zone; all hosts if left out", at = 0, optional = true) @Nullable
            String target) {}

    /** Result of {@link #FAIL} and {@link #HEAL}. */
    public record HostsChanged(List<HostId> hosts, String now) {
        /** Copies the list. */
        public HostsChanged {
            hosts = List.copyOf(hosts);
        }
    }

    /** Parameters of {@link #SPEED}. */
    public record Speed(
            @Input(value = "How many times as fast as the clock; 0 = arrivals and loads stand still", at = 0)
            @DecimalMin("0")
            @DecimalMax("10000")
            BigDecimal factor) {}

    /** Result of {@link #SPEED}. */
    public record SpeedChanged(BigDecimal factor, String now) {}
}
