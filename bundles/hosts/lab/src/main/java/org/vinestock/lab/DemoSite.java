package org.vinestock.lab;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Platform;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.MachineOperations;
import org.vinestock.model.ByteCount;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.OperationType;
import org.vinestock.task.Request;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * Builds the demo site once the lab and the operations on VMs are there, unless people have had another one built, or the
 * container is to be empty (system property {@code vinestock.empty=true}). Immediate, because it serves nobody: it starts a task.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = "org.vinestock.lab")
@Designate(ocd = DemoSite.Configuration.class)
public final class DemoSite {
    /** System property that keeps the container empty. */
    public static final String EMPTY = "vinestock.empty";

    /** In whose name it is built. */
    static final String NAME = "lab/demo";

    private static final Logger LOG = LoggerFactory.getLogger(DemoSite.class);

    private final Platform platform;
    private final Configuration configuration;
    private final Lane lane;
    private final Cancellable areas;
    private boolean asked;

    /** What the demo site looks like. */
    @ObjectClassDefinition(name = "Vinestock lab: the demo site")
    public @interface Configuration {
        /** Whether there is one. */
        @AttributeDefinition(description = "Whether the container starts with a demo site")
        boolean demo() default true;

        /** Hosts. */
        @AttributeDefinition(description = "Number of hosts, 1 to 20000")
        int hosts() default 24;

        /** Racks. */
        @AttributeDefinition(description = "Number of racks, 1 to the number of hosts")
        int racks() default 4;

        /** Zones. */
        @AttributeDefinition(description = "Number of zones, 1 to the number of racks")
        int zones() default 2;

        /** Cores. */
        @AttributeDefinition(description = "CPU cores of a host, 1 to 4096")
        int cores() default 32;

        /** Memory. */
        @AttributeDefinition(description = "Memory of a host, such as 128GiB")
        String memory() default "128GiB";

        /** Arrivals. */
        @AttributeDefinition(description = "VMs that arrive in a second at speed 1, 0 to 1000; they leave later")
        double arrivals() default 2;

        /** Seed. */
        @AttributeDefinition(description = "Decides loads, latencies and arrivals")
        long seed() default 1;
    }

    /** Waits for the areas. */
    @Activate
    public DemoSite(@Reference Platform platform, Configuration configuration) {
        this.platform = platform;
        this.configuration = configuration;
        this.lane = platform.scheduler().lane("lab.demo");
        boolean wanted = configuration.demo() && !Boolean.getBoolean(EMPTY);
        this.areas = wanted ? platform.onAreasChange(lane, this::buildWhenPossible) : () -> {};
        if (wanted) {
            lane.execute(this::buildWhenPossible);
        }
    }

    /** Stops waiting. The site leaves with the lab. */
    @Deactivate
    public void close() {
        areas.cancel();
    }

    private void buildWhenPossible() {
        if (asked || !isThere(LabOperations.BUILD) || !isThere(MachineOperations.CREATE_VM)) {
            return;
        }
        asked = true;
        if (Resumption.built(platform.inventory().head()).isPresent()) {
            return;
        }
        try {
            LabOperations.BuildSite site = new LabOperations.BuildSite(
                    configuration.hosts(),
                    configuration.racks(),
                    configuration.zones(),
                    configuration.cores(),
                    ByteCount.parse(configuration.memory()),
                    BigDecimal.valueOf(configuration.arrivals()),
                    configuration.seed(),
                    Duration.ofSeconds(5));
            platform.operations()
                    .start(LabOperations.BUILD, site, new Request(NAME))
                    .result()
                    .whenCompleteAsync((built, failure) -> report(failure), lane);
        } catch (IllegalArgumentException | VinestockException e) {
            report(e);
        }
    }

    private void report(@Nullable Throwable failure) {
        if (failure != null && isPlayed()) {
            LOG.debug("there is a site already, built by a task of an earlier process", failure);
        } else if (failure != null) {
            LOG.warn("there is no demo site: {} (etc/org.vinestock.lab.cfg)", failure.getMessage());
        }
    }

    private boolean isPlayed() {
        return platform.services(Hypervisors.class).stream()
                .anyMatch(provider -> !provider.hosts().isEmpty());
    }

    private boolean isThere(OperationType<?, ?> type) {
        return platform.operations().types().stream()
                .anyMatch(there -> there.name().equals(type.name()));
    }
}
