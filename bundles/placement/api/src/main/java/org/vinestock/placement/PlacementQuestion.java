package org.vinestock.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;

/**
 * Where should this VM go?
 *
 * @param vm may be there already; then a new place is asked for, and what it takes now does not stand in its way
 * @param millicores CPU in thousandths of a core, 1 or more
 * @param memory more than nothing
 * @param labels decide which rules apply
 * @param cluster where it has to be; null = any
 * @param avoid hosts where it must not go, at most {@value #MAX_AVOID}
 * @param only hosts of which it must be one, such as those that have its disks, at most {@value #MAX_ONLY}; empty = any
 */
public record PlacementQuestion(
        VmId vm,
        long millicores,
        ByteCount memory,
        Labels labels,

        @Input(value = "Cluster where it has to be", optional = true) @Nullable
        ClusterId cluster,

        List<HostId> avoid,
        List<HostId> only) {
    /** How many hosts can be avoided. */
    public static final int MAX_AVOID = 64;

    /** How many hosts can be asked for by name. */
    public static final int MAX_ONLY = 64;

    /** Checks the sizes. */
    public PlacementQuestion {
        if (millicores < 1) {
            throw new IllegalArgumentException("millicores " + millicores + "; accepted: 1 or more");
        }
        if (memory.bytes() < 1) {
            throw new IllegalArgumentException("memory " + memory + "; accepted: 1 byte or more");
        }
        if (avoid.size() > MAX_AVOID) {
            throw new IllegalArgumentException(
                    avoid.size() + " hosts to avoid; accepted: at most " + MAX_AVOID + "; name a cluster instead");
        }
        if (only.size() > MAX_ONLY) {
            throw new IllegalArgumentException(
                    only.size() + " hosts to choose from; accepted: at most " + MAX_ONLY + "; name a cluster instead");
        }
        avoid = List.copyOf(avoid);
        only = List.copyOf(only);
    }

    /** Asks for any host but some. */
    public PlacementQuestion(
            VmId vm,
            long millicores,
            ByteCount memory,
            Labels labels,
            @Nullable ClusterId cluster,
            List<HostId> avoid) {
        this(vm, millicores, memory, labels, cluster, avoid, List.of());
    }

    /** Asks for any host. */
    public PlacementQuestion(VmId vm, long millicores, ByteCount memory, Labels labels) {
        this(vm, millicores, memory, labels, null, List.of(), List.of());
    }
}
