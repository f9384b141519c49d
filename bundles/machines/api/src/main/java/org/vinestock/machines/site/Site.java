package org.vinestock.machines.site;

/** A site. */
public record Site(SiteId id, String title) {}
