package org.vinestock.area;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.decision.Decisions;
import org.vinestock.inventory.Inventory;
import org.vinestock.task.Operations;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** What an area is built on. */
@ProviderType
public interface Platform {
    /** Time, threads, chance. */
    Scheduler scheduler();

    /** State. */
    Inventory inventory();

    /** Decisions. */
    Decisions decisions();

    /** Operations of all areas. */
    Operations operations();

    /** Simulated sites beside this one. */
    Twins twins();

    /** Whether this is a simulated site, in which nothing is worth a line of the log. */
    default boolean simulated() {
        return false;
    }

    /**
     * Services of a type that areas offer in their {@link Parts}, in the order of their areas' names. Look them up when
     * they are used, not while building: providers come and go. The platform itself offers its {@link
     * org.vinestock.decision.DecisionFeed} here.
     */
    <S> List<S> services(Class<S> type);

    /** The first of {@link #services}. */
    default <S> Optional<S> service(Class<S> type) {
        return services(type).stream().findFirst();
    }

    /**
     * Runs {@code wake} on {@code lane} after areas arrived or left, so that operations, views, points or services may be
     * others. Several changes may cause one wake. A platform whose areas never change, as this default, never wakes.
     */
    default Cancellable onAreasChange(Lane lane, Runnable wake) {
        return () -> {};
    }
}
