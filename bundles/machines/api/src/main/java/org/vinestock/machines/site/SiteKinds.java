package org.vinestock.machines.site;

import org.vinestock.model.Kind;

/** The tables of a site. */
public final class SiteKinds {
    /** Sites; one a container. */
    public static final Kind<Site> SITE = new Kind<>("site", Site.class);

    /** Zones: what fails together at large, such as a hall with its power. */
    public static final Kind<Zone> ZONE = new Kind<>("zone", Zone.class);

    /** Racks of zones. */
    public static final Kind<Rack> RACK = new Kind<>("rack", Rack.class);

    /** Clusters: hosts that are run as one. */
    public static final Kind<Cluster> CLUSTER = new Kind<>("cluster", Cluster.class);

    /** Hosts, as people want them. */
    public static final Kind<Host> HOST = new Kind<>("host", Host.class);

    /** Hosts, as they report. */
    public static final Kind<ObservedHost> HOST_OBSERVED = new Kind<>("host.observed", ObservedHost.class);

    /** VMs, as people want them. */
    public static final Kind<Vm> VM = new Kind<>("vm", Vm.class);

    /** VMs, as their hosts report them. */
    public static final Kind<ObservedVm> VM_OBSERVED = new Kind<>("vm.observed", ObservedVm.class);

    private SiteKinds() {}
}
