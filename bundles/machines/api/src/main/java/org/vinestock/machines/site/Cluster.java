package org.vinestock.machines.site;

/** A cluster of a site. */
public record Cluster(ClusterId id, SiteId site) {}
