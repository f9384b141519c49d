package org.vinestock.lab.replay;

import java.time.Duration;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Kind;

/**
 * What came of a replay. Each VM of the trace was asked for by {@code vm.create} and, when its lifetime was over, removed
 * by {@code vm.delete}: the operations that people use, with their tasks, decisions, guardrails, leases and played hosts,
 * in a twin in simulated time.
 *
 * @param strategy that was in force at {@code placement.place}
 * @param vms in the trace
 * @param placed VMs that were placed and started
 * @param refused VMs that no host could take
 * @param failed VMs that failed otherwise
 * @param peak the most VMs at once
 * @param hostsMean hosts with VMs, on average of the ends of the trace's periods
 * @param hostsPeak the most hosts with VMs at the end of a period
 * @param decisions questions that were answered at {@code placement.place}
 * @param byFallback how many of them the point's fallback answered instead of the strategy
 * @param perSimulatedSecond decisions in a second of simulated time
 * @param perWallSecond decisions in a second of the clock
 * @param simulated how much time passed in the twin
 * @param wall how much time the replay took
 */
public record Replay(
        ReplayId id,
        String file,
        String strategy,
        int hosts,
        int cores,
        ByteCount memory,
        long seed,
        int vms,
        int placed,
        int refused,
        int failed,
        int peak,
        double hostsMean,
        int hostsPeak,
        long decisions,
        long byFallback,
        double perSimulatedSecond,
        double perWallSecond,
        Duration simulated,
        Duration wall) {
    /** The table of the replays of this site. */
    public static final Kind<Replay> KIND = new Kind<>("lab.replay", Replay.class);
}
