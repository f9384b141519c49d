package org.vinestock.placement;

import org.vinestock.decision.Score;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;

/** Placing is good that refuses few VMs, and then needs few hosts. */
final class PlacementScore implements Score<PlacementQuestion, Placement> {
    @Override
    public String uses() {
        return "hosts in use";
    }

    /** Hosts of which something is taken. */
    @Override
    public long used(Snapshot snapshot) {
        Hosts hosts = snapshot.hosts();
        long used = 0;
        for (int row = 0; row < hosts.end(); row++) {
            boolean taken =
                    hosts.freeMillicores(row) < hosts.millicores(row) || hosts.freeMemory(row) < hosts.memory(row);
            used += taken ? 1 : 0;
        }
        return used;
    }

    @Override
    public boolean refuses(Placement choice) {
        return choice instanceof Placement.Refused;
    }

    /** A VM that leaves a host is asked about with that host to be avoided. */
    @Override
    public boolean moves(PlacementQuestion question, Placement choice) {
        return choice instanceof Placement.Placed && !question.avoid().isEmpty();
    }
}
