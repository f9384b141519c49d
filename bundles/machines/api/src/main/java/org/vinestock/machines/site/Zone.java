package org.vinestock.machines.site;

/** A zone of a site. */
public record Zone(ZoneId id, SiteId site) {}
