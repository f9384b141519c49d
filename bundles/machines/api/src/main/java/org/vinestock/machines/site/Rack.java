package org.vinestock.machines.site;

/** A rack in a zone. */
public record Rack(RackId id, ZoneId zone) {}
