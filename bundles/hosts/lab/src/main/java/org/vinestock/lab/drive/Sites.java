package org.vinestock.lab.drive;

import java.math.BigDecimal;
import java.time.Duration;
import org.vinestock.lab.LabOperations;
import org.vinestock.model.ByteCount;

/** How the sites look in which arrivals are driven: racks of some 40 hosts in two zones, without tenants. */
public final class Sites {
    private static final int HOSTS_A_RACK = 40;
    private static final Duration LOADS_EVERY = Duration.ofHours(1);

    private Sites() {}

    /** What {@code lab.build} is asked for. */
    public static LabOperations.BuildSite of(int hosts, int cores, ByteCount memory, long seed) {
        int racks = Math.max(2, (hosts + HOSTS_A_RACK - 1) / HOSTS_A_RACK);
        return new LabOperations.BuildSite(
                hosts, Math.min(racks, hosts), Math.min(2, hosts), cores, memory, BigDecimal.ZERO, seed, LOADS_EVERY);
    }
}
