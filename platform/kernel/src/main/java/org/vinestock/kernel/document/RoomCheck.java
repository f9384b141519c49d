package org.vinestock.kernel.document;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.area.SiteCheck;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.Violation;

/** No host is overfilled; of a host that has not reported yet nobody knows how much it has. */
final class RoomCheck implements SiteCheck {
    @Override
    public List<Violation> check(Snapshot before, Snapshot after) {
        List<Violation> found = new ArrayList<>();
        Hosts hosts = after.hosts();
        for (int row = 0; row < hosts.end(); row++) {
            boolean known = hosts.millicores(row) > 0 || hosts.memory(row) > 0;
            if (known && hosts.freeMillicores(row) < 0) {
                found.add(new Violation(
                        "capacity",
                        "host " + hosts.id(row) + " has " + hosts.millicores(row) + " millicores, and is to hold "
                                + (hosts.millicores(row) - hosts.freeMillicores(row))));
            }
            if (known && hosts.freeMemory(row) < 0) {
                found.add(new Violation(
                        "capacity",
                        "host " + hosts.id(row) + " has " + hosts.memory(row) + " bytes of memory, and is to hold "
                                + (hosts.memory(row) - hosts.freeMemory(row))));
            }
        }
        return found;
    }
}
