package org.vinestock.dataplane;

import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;

/**
 * The process that serves a host's disks.
 *
 * @param version of the product that it is of
 * @param pid of the process; 0 if none runs
 * @param clients connections of guests and tools
 * @param problem why it cannot be reached; empty if it can
 */
public record PlaneStatus(
        HostId host,
        String version,
        long pid,
        int clients,
        int exports,
        ByteCount heap,
        ByteCount heapLimit,
        long reads,
        long writes,
        String problem) {}
