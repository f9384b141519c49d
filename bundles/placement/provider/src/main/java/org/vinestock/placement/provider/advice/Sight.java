package org.vinestock.placement.provider.advice;

import java.math.BigDecimal;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.Layout;
import org.vinestock.placement.rule.RuleIndex;

/** What people are shown of a host. */
record Sight(String rack, String zone, BigDecimal freeCores, ByteCount freeMemory) {
    static Sight of(HostId host, Snapshot snapshot) {
        Layout layout = RuleIndex.of(snapshot).layout();
        Hosts hosts = snapshot.hosts();
        int row = hosts.row(host);
        if (!layout.member(row)) {
            return new Sight("", "", BigDecimal.ZERO, new ByteCount(0));
        }
        return new Sight(
                layout.name(Domain.RACK, layout.domain(Domain.RACK, row), hosts),
                layout.name(Domain.ZONE, layout.domain(Domain.ZONE, row), hosts),
                BigDecimal.valueOf(Math.max(0, hosts.freeMillicores(row)), 3).stripTrailingZeros(),
                new ByteCount(Math.max(0, hosts.freeMemory(row))));
    }
}
