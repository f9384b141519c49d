package org.vinestock.inventory;

/**
 * Names a state of the site.
 *
 * @param revision gap-free number of the inventory's last change set; 0 is the empty inventory
 * @param sample number of the last sample of loads; 0 is none
 */
public record SnapshotRef(long revision, long sample) {}
