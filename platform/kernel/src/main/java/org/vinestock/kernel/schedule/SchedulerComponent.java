package org.vinestock.kernel.schedule;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** Publishes the scheduler of the container; see {@link LaneScheduler}. */
@Component(service = Scheduler.class, configurationPid = "org.vinestock.scheduler")
@Designate(ocd = SchedulerComponent.Configuration.class)
public final class SchedulerComponent implements Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(SchedulerComponent.class);

    /** The keys of {@code etc/org.vinestock.scheduler.cfg}. */
    @ObjectClassDefinition(name = "Vinestock scheduler")
    public @interface Configuration {
        /** How many threads run lanes; 0 = one for each processor, at least 2. */
        @AttributeDefinition(min = "0", max = "1024")
        int threads() default 0;
    }

    private final LaneScheduler lanes;

    /** Starts the threads. */
    @Activate
    public SchedulerComponent(Configuration configuration) {
        int wanted = configuration.threads();
        if (wanted < 0 || wanted > 1024) {
            throw new IllegalArgumentException("threads " + wanted + "; accepted: 0 to 1024");
        }
        int threads = wanted > 0 ? wanted : Math.max(2, Runtime.getRuntime().availableProcessors());
        lanes = new LaneScheduler(threads, new SecureRandom().nextLong(), new LogTaskFailures());
        LOG.info("{} threads run lanes", threads);
    }

    /** Keeps the threads: whoever uses them would have to start anew. */
    @Modified
    void changed(Configuration configuration) {
        LOG.info("threads = {} is heeded at the next start", configuration.threads());
    }

    @Deactivate
    void stop() {
        lanes.close();
    }

    @Override
    public Instant instant() {
        return lanes.instant();
    }

    @Override
    public long nanoTime() {
        return lanes.nanoTime();
    }

    @Override
    public Lane lane(String name) {
        return lanes.lane(name);
    }

    @Override
    public Cancellable after(Duration delay, Lane lane, Runnable task) {
        return lanes.after(delay, lane, task);
    }

    @Override
    public RandomGenerator random(String purpose) {
        return lanes.random(purpose);
    }
}
