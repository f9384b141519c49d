package org.vinestock.machines.provider.view;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;

/** Goes over the VMs of a snapshot, those that are wanted and those that are, in order of their names. */
final class AllVms {
    private final Iterator<Vm> wanted;
    private final Iterator<ObservedVm> seen;
    private @Nullable Vm nextWanted;
    private @Nullable ObservedVm nextSeen;

    AllVms(Snapshot snapshot, String after) {
        wanted = snapshot.rows(SiteKinds.VM).after(after).iterator();
        seen = snapshot.rows(SiteKinds.VM_OBSERVED).after(after).iterator();
        nextWanted = next(wanted);
        nextSeen = next(seen);
    }

    /** The next one; null = there are no more. */
    @Nullable
    VmSight next() {
        Vm vm = nextWanted;
        ObservedVm observed = nextSeen;
        if (vm != null && observed != null) {
            int order = vm.id().value().compareTo(observed.id().value());
            vm = order <= 0 ? vm : null;
            observed = order >= 0 ? observed : null;
        }
        nextWanted = vm == null ? nextWanted : next(wanted);
        nextSeen = observed == null ? nextSeen : next(seen);
        if (vm != null) {
            return new VmSight(vm.id(), vm, observed);
        }
        return observed == null ? null : new VmSight(observed.id(), null, observed);
    }

    private static <T> @Nullable T next(Iterator<T> rows) {
        return rows.hasNext() ? rows.next() : null;
    }
}
