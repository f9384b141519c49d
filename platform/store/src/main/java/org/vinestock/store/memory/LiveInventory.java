package org.vinestock.store.memory;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.store.write.Retention;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** Publishes the inventory of the site, in memory: it is empty at start and lost at stop. */
@Component(service = Inventory.class, configurationPid = "org.vinestock.store")
@Designate(ocd = LiveInventory.Configuration.class)
public final class LiveInventory implements Inventory {
    private static final Logger LOG = LoggerFactory.getLogger(LiveInventory.class);

    /** The keys of {@code etc/org.vinestock.store.cfg}. */
    @ObjectClassDefinition(name = "Vinestock store")
    public @interface Configuration {
        /** How many former states can be looked at again. */
        @AttributeDefinition(min = "1")
        int history_revisions() default 10_000;

        /** How many samples of loads can be looked at again. */
        @AttributeDefinition(min = "1")
        int history_samples() default 200;

        /** How many changes whoever was away can catch up with. */
        @AttributeDefinition(min = "1")
        int history_changes() default 100_000;
    }

    private final MemoryInventory inventory;

    /** Makes it, empty. */
    @Activate
    public LiveInventory(Configuration configuration) {
        inventory = new MemoryInventory(new Retention(
                configuration.history_revisions(), configuration.history_samples(), configuration.history_changes()));
    }

    /** Keeps the inventory: a new one would be empty. */
    @Modified
    void changed(Configuration configuration) {
        LOG.info("history.revisions = {} is heeded at the next start", configuration.history_revisions());
    }

    @Override
    public Snapshot head() {
        return inventory.head();
    }

    @Override
    public Snapshot committed() {
        return inventory.committed();
    }

    @Override
    public CompletionStage<Snapshot> at(SnapshotRef ref) {
        return inventory.at(ref);
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet changes) {
        return inventory.commit(changes);
    }

    @Override
    public long measure(List<HostLoad> loads) {
        return inventory.measure(loads);
    }

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        return inventory.onChange(lane, wake);
    }
}
