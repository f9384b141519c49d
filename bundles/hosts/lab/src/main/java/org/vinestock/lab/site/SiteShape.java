package org.vinestock.lab.site;

import java.time.Duration;
import org.vinestock.model.ByteCount;

/**
 * How large a lab site is. Zones, racks and hosts are totals: 2 zones, 4 racks and 24 hosts make racks {@code z1-r1},
 * {@code z1-r2}, {@code z2-r3}, {@code z2-r4} with six hosts each, {@code z1-r1-h01} to {@code z2-r4-h24}.
 *
 * @param millicores of a host
 * @param memory of a host
 * @param seed of the load curves and latencies
 * @param loadsEvery how often, in lab time, hosts measure their load
 */
public record SiteShape(
        int zones, int racks, int hosts, long millicores, ByteCount memory, long seed, Duration loadsEvery) {
    /** The largest site. */
    public static final int MAX_HOSTS = 20_000;

    /** Checks the numbers. */
    public SiteShape {
        if (hosts < 1 || hosts > MAX_HOSTS) {
            throw new IllegalArgumentException("hosts " + hosts + "; accepted: 1 to " + MAX_HOSTS);
        }
        if (racks < 1 || racks > hosts) {
            throw new IllegalArgumentException(
                    "racks " + racks + "; accepted: 1 to " + hosts + ", the number of hosts");
        }
        if (zones < 1 || zones > racks) {
            throw new IllegalArgumentException(
                    "zones " + zones + "; accepted: 1 to " + racks + ", the number of racks");
        }
        if (millicores < 1) {
            throw new IllegalArgumentException("millicores " + millicores + "; accepted: 1 or more");
        }
        if (memory.bytes() < 1) {
            throw new IllegalArgumentException("memory " + memory + "; accepted: 1 byte or more");
        }
        if (loadsEvery.isNegative() || loadsEvery.isZero()) {
            throw new IllegalArgumentException("loadsEvery " + loadsEvery + "; accepted: more than nothing");
        }
    }
}
