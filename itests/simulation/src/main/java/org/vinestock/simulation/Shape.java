package org.vinestock.simulation;

import java.time.Duration;
import org.vinestock.lab.site.SiteShape;
import org.vinestock.model.ByteCount;

/**
 * How a story's site is built.
 *
 * @param cores of a host
 * @param gibibytes of memory of a host
 * @param disk the longest that a change takes to become durable; zero = it is at once
 */
public record Shape(int zones, int racks, int hosts, int cores, long gibibytes, Duration disk) {
    /** The same for the lab. */
    public SiteShape of(long seed) {
        return new SiteShape(
                zones, racks, hosts, cores * 1000L, ByteCount.ofGib(gibibytes), seed, Duration.ofSeconds(5));
    }
}
