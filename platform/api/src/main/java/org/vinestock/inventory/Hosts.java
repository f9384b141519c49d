package org.vinestock.inventory;

import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.model.HostId;

/**
 * The hosts of a snapshot as columns, for scans. A row number belongs to its host for ever, also when the host is gone.
 *
 * <p>Free capacity counts desired and observed occupants. It may be negative when a host shrank or reality differs from
 * what was planned.
 */
@ProviderType
public interface Hosts {
    /** One past the largest row number in use. */
    int end();

    /** Returns the row of {@code id}, or -1 if no such host was ever known. */
    int row(HostId id);

    /** Returns the host of a row. */
    HostId id(int row);

    /** Whether new VMs may be placed here: it exists, is up, and not in maintenance. */
    boolean accepts(int row);

    /** CPU offered, in thousandths of a core. */
    long millicores(int row);

    /** Memory offered, in bytes. */
    long memory(int row);

    /** CPU not yet taken, in thousandths of a core. */
    long freeMillicores(int row);

    /** Memory not yet taken, in bytes. */
    long freeMemory(int row);

    /** Share of the CPU in use in the snapshot's load sample, 0 to 1; 0 if never measured. */
    double load(int row);

    /**
     * Returns the first row from {@code row} on that may differ from the same row of an earlier state of the same site, load
     * aside; {@link #end} if there is none. For indexes: the inventory passes over what it shares with the earlier state.
     */
    default int nextChanged(Hosts earlier, int row) {
        int at = row;
        while (at < Math.min(end(), earlier.end())
                && accepts(at) == earlier.accepts(at)
                && millicores(at) == earlier.millicores(at)
                && memory(at) == earlier.memory(at)
                && freeMillicores(at) == earlier.freeMillicores(at)
                && freeMemory(at) == earlier.freeMemory(at)) {
            at++;
        }
        return Math.min(at, end());
    }
}
