package org.vinestock.lab.replay;

import org.vinestock.decision.DecisionLine;
import org.vinestock.inventory.Hosts;
import org.vinestock.placement.Placements;

/** What is counted during a replay. Owned by the twin's thread. */
final class ReplayCounts {
    int placed;
    int refused;
    int failed;
    String firstFailure = "";
    int now;
    int peak;
    long decisions;
    long byFallback;
    String strategy = "";
    private int hostsPeak;
    private long hostsSum;
    private int samples;

    void decided(DecisionLine line) {
        if (!line.point().equals(Placements.PLACE.name())) {
            return;
        }
        decisions++;
        if (line.fallbackBecause() != null) {
            byFallback++;
        } else if (strategy.isEmpty()) {
            strategy = line.by().shortName();
        }
    }

    void arrived() {
        placed++;
        now++;
        peak = Math.max(peak, now);
    }

    void failed(String message) {
        if (failed++ == 0) {
            firstFailure = message;
        }
    }

    int ended() {
        return placed + refused + failed;
    }

    void sample(Hosts hosts) {
        int used = 0;
        for (int row = 0; row < hosts.end(); row++) {
            if (hosts.freeMillicores(row) < hosts.millicores(row)) {
                used++;
            }
        }
        hostsPeak = Math.max(hostsPeak, used);
        hostsSum += used;
        samples++;
    }

    int hostsPeak() {
        return hostsPeak;
    }

    double hostsMean() {
        return samples == 0 ? 0 : (double) hostsSum / samples;
    }
}
