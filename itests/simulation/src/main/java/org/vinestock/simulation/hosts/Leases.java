package org.vinestock.simulation.hosts;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;
import org.vinestock.time.Lane;

/**
 * Notes the leases that are shown to hosts. Whoever acts on a VM shows a newer epoch than all before him; a host that has
 * seen an epoch lets no older one through.
 */
public final class Leases {
    private final Map<String, Lease> newest = new TreeMap<>();
    private final Map<String, Long> accepted = new TreeMap<>();
    private final Map<Long, String> holders = new TreeMap<>();
    private final Map<String, Long> starts = new TreeMap<>();
    private final Map<String, Long> stops = new TreeMap<>();
    private @Nullable String wrong;

    /** What was found wrong; null if nothing. */
    public @Nullable String wrong() {
        return wrong;
    }

    /** A message with a lease leaves the control plane. */
    void sent(VmId vm, Lease lease) {
        String whose = lease.holder() + " on " + vm;
        String holder = holders.putIfAbsent(lease.epoch(), whose);
        if (holder != null && !holder.equals(whose)) {
            wrong = "epoch " + lease.epoch() + " has two holders: " + holder + " and " + whose;
        }
        Lease before = newest.put(vm.value(), lease);
        if (before != null && before.epoch() > lease.epoch()) {
            wrong = lease.holder() + " acts on " + vm + " with epoch " + lease.epoch() + " after " + before.holder()
                    + " did with epoch " + before.epoch();
        }
    }

    /** A message to stop or to remove a VM leaves the control plane. */
    void stops(HostId host, VmId vm, Lease lease) {
        stops.merge(host + " " + vm.value(), lease.epoch(), Math::max);
    }

    /** A message to start a VM arrives. */
    void starts(HostId host, VmId vm, Lease lease) {
        starts.merge(host + " " + vm.value(), lease.epoch(), Math::max);
    }

    /** Whether a VM may stop on a host: somebody asked for that under an epoch that is not older than that of its start. */
    public boolean mayStop(HostId host, String vm) {
        String key = host + " " + vm;
        return stops.getOrDefault(key, -1L) >= starts.getOrDefault(key, -1L);
    }

    /** A message with a lease has arrived at a host, which has taken it up; {@code result} says what came of it. */
    <T> CompletionStage<T> arrived(HostId host, VmId vm, Lease lease, CompletionStage<T> result, Lane lane) {
        String key = host + " " + vm;
        long seen = accepted.getOrDefault(key, 0L);
        if (lease.epoch() >= seen && !result.toCompletableFuture().isCompletedExceptionally()) {
            accepted.put(key, lease.epoch());
        } else if (lease.epoch() < seen) {
            result.whenCompleteAsync(
                    (done, thrown) -> {
                        if (thrown == null) {
                            wrong = host + " let a call of epoch " + lease.epoch() + " on " + vm
                                    + " through after epoch " + seen;
                        }
                    },
                    lane);
        }
        return result;
    }
}
