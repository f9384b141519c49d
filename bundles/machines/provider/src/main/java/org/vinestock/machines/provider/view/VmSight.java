package org.vinestock.machines.provider.view;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;

/** A VM as it is wanted and as it is; one of the two may be missing. */
record VmSight(VmId id, @Nullable Vm wanted, @Nullable ObservedVm seen) {
    static Optional<VmSight> of(VmId id, Snapshot snapshot) {
        Vm wanted = snapshot.rows(SiteKinds.VM).find(id).orElse(null);
        ObservedVm seen = snapshot.rows(SiteKinds.VM_OBSERVED).find(id).orElse(null);
        return wanted == null && seen == null ? Optional.empty() : Optional.of(new VmSight(id, wanted, seen));
    }

    VmState state(Predicate<HostId> isDown) {
        @Nullable HostId place = wanted == null ? null : wanted.host();
        if (wanted == null) {
            return VmState.STRAY;
        } else if (place == null) {
            return VmState.HOMELESS;
        } else if (isDown.test(place)) {
            return VmState.UNKNOWN;
        } else if (seen == null) {
            return VmState.PLACED;
        } else if (!seen.host().equals(place)) {
            return VmState.MOVING;
        }
        return switch (seen.power()) {
            case RUNNING -> VmState.RUNNING;
            case PAUSED -> VmState.PAUSED;
            case STOPPED -> VmState.STOPPED;
        };
    }

    /** Where it should be; else where it is. */
    @Nullable
    HostId host() {
        @Nullable HostId place = wanted == null ? null : wanted.host();
        return place != null || seen == null ? place : seen.host();
    }

    long millicores() {
        return wanted != null ? wanted.millicores() : seen != null ? seen.millicores() : 0;
    }

    ByteCount memory() {
        return wanted != null ? wanted.size() : seen != null ? seen.size() : new ByteCount(0);
    }

    Labels labels() {
        return wanted != null ? wanted.labels() : Labels.NONE;
    }
}
