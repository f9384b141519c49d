package org.vinestock.lab;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.arrivals.Tenants;
import org.vinestock.lab.site.LabSite;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * Switches the site on that people have had built: when the lab begins and it is there, or once it comes, as by a document
 * that is imported. Not in copies of a site, which whoever makes them switches on as it was.
 */
final class Resumption {
    private final LabSite site;
    private final Tenants tenants;
    private final Inventory inventory;
    private final Lane lane;
    private @Nullable Cancellable changes;

    Resumption(LabSite site, Tenants tenants, Inventory inventory, Lane lane) {
        this.site = site;
        this.tenants = tenants;
        this.inventory = inventory;
        this.lane = lane;
    }

    /** Begins to look for it. */
    synchronized void start() {
        changes = inventory.onChange(lane, this::look);
        if (built(inventory.committed()).isPresent()) {
            lane.execute(this::look);
        }
    }

    /** Looks no more. */
    synchronized void close() {
        if (changes != null) {
            changes.cancel();
            changes = null;
        }
    }

    /** The site that people have had built, if there is one. */
    static Optional<BuiltSite> built(Snapshot snapshot) {
        return snapshot.rows(BuiltSite.KIND).find(BuiltSite.ID);
    }

    private synchronized void look() {
        if (changes == null) {
            return;
        }
        if (!site.hosts().isEmpty()) {
            close();
            return;
        }
        Snapshot now = inventory.committed();
        built(now).ifPresent(built -> {
            close();
            site.powerOn(built.shape(), now);
            tenants.arrive(built.arrivals(), built.shape().seed());
        });
    }
}
