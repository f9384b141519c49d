package org.vinestock.lab.rehearsal;

import java.time.Duration;
import java.util.List;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.report.ReportId;

/**
 * What came of a rehearsal.
 *
 * @param revision of the site that was copied
 * @param hostsLost hosts that were up and failed
 * @param affected VMs that ran on them
 * @param restarted how many of them ran elsewhere at the end
 * @param half when half of these ran again
 * @param last when the last of these ran again
 * @param rulesBroken rules that more VMs break than before, with how many
 * @param coresFree share of the cores of the hosts that are left
 * @param stayDown VMs that did not run at the end, and why; the first ones
 * @param page the address of the report's page
 */
record Rehearsed(
        String verdict,
        long revision,
        int hostsLost,
        int hostsLeft,
        int affected,
        int restarted,
        Duration half,
        Duration last,
        List<String> rulesBroken,
        double coresFree,
        double memoryFree,
        List<Down> stayDown,
        ReportId report,
        String page) {
    Rehearsed {
        rulesBroken = List.copyOf(rulesBroken);
        stayDown = List.copyOf(stayDown);
    }

    /** A VM that came back. */
    record Restart(VmId vm, HostId from, HostId to, Duration after) {}

    /**
     * A VM that did not.
     *
     * @param rule what stands in its way: {@code room}, or a rule
     */
    record Down(VmId vm, long millicores, ByteCount memory, String labels, HostId from, String rule, String because) {}
}
