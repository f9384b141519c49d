package org.vinestock.lab.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.model.VmId;

/** The VMs of one played host in the order of their names, and what they use. Guarded by the host's lock. */
final class Guests {
    private final List<Guest> guests = new ArrayList<>();
    /** What a report says of each of them. */
    private final List<HostReport.Found> found = new ArrayList<>();

    private final Map<String, Guest> byName = new LinkedHashMap<>();
    private long usedMillicores;

    /** One VM. */
    static final class Guest {
        private final VmSpec spec;
        private final LoadCurve curve;
        private HostReport.Found found;
        private long used;
        private long epoch;

        private Guest(VmSpec spec, LoadCurve curve, HostReport.Found found) {
            this.spec = spec;
            this.curve = curve;
            this.found = found;
        }

        VmSpec spec() {
            return spec;
        }

        PowerState power() {
            return found.power();
        }

        /** The newest epoch that the host has seen for it. */
        long epoch() {
            return epoch;
        }

        void epoch(long seen) {
            epoch = seen;
        }
    }

    @Nullable
    Guest find(VmId vm) {
        return byName.get(vm.value());
    }

    /** Adds a VM that is not here yet. */
    Guest add(VmSpec spec, PowerState power, long seed, long labNanos) {
        Guest guest = new Guest(spec, LoadCurve.of(spec.id(), seed), found(spec, power));
        int at = -1 - position(spec.id());
        guests.add(at, guest);
        found.add(at, guest.found);
        byName.put(spec.id().value(), guest);
        measure(guest, labNanos);
        return guest;
    }

    void remove(Guest guest) {
        int at = position(guest.spec.id());
        guests.remove(at);
        found.remove(at);
        byName.remove(guest.spec.id().value());
        usedMillicores -= guest.used;
    }

    void power(Guest guest, PowerState power, long labNanos) {
        guest.found = found(guest.spec, power);
        found.set(position(guest.spec.id()), guest.found);
        measure(guest, labNanos);
    }

    void powerOff() {
        guests.forEach(guest -> power(guest, PowerState.STOPPED, 0));
    }

    /** Counts what each VM uses now. */
    void measure(long labNanos) {
        guests.forEach(guest -> measure(guest, labNanos));
    }

    /** CPU in use when last measured, in thousandths of a core. */
    long usedMillicores() {
        return usedMillicores;
    }

    int running() {
        return (int) guests.stream()
                .filter(guest -> guest.power() == PowerState.RUNNING)
                .count();
    }

    /** What a report says; of VMs that are as they were, the same objects as before. */
    List<HostReport.Found> found() {
        return List.copyOf(found);
    }

    private void measure(Guest guest, long labNanos) {
        usedMillicores -= guest.used;
        guest.used = guest.power() == PowerState.RUNNING
                ? Math.round(guest.spec.millicores() * guest.curve.at(labNanos))
                : 0;
        usedMillicores += guest.used;
    }

    /** Where a VM is, or -1 minus where it would be. */
    private int position(VmId vm) {
        int low = 0;
        int high = guests.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = guests.get(middle).spec.id().value().compareTo(vm.value());
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    private static HostReport.Found found(VmSpec spec, PowerState power) {
        return new HostReport.Found(spec.id(), power, spec.millicores(), spec.memory());
    }
}
