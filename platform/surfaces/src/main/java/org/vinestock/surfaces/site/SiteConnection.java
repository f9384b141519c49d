package org.vinestock.surfaces.site;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.vinestock.area.Platform;
import org.vinestock.audit.Audit;
import org.vinestock.inventory.Inventory;
import org.vinestock.task.Operations;
import org.vinestock.view.Codec;
import org.vinestock.view.Views;

/** Is there while the control plane serves, so that the surfaces depend on one thing. */
@Component(service = SiteConnection.class)
public final class SiteConnection {
    private final Site site;

    /** Receives what the control plane publishes. */
    @Activate
    public SiteConnection(
            @Reference Operations operations,
            @Reference Views views,
            @Reference Codec codec,
            @Reference Inventory inventory,
            @Reference Platform platform,
            @Reference Audit audit) {
        this.site = new Site(operations, views, codec, inventory, platform, audit);
    }

    /** What there is to show and call. */
    public Site site() {
        return site;
    }
}
