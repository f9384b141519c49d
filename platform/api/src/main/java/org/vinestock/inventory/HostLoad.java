package org.vinestock.inventory;

import org.vinestock.model.HostId;

/**
 * A measured load.
 *
 * @param share of the host's CPU in use, 0 to 1
 */
public record HostLoad(HostId host, double share) {}
