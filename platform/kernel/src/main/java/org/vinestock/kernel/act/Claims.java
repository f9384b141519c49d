package org.vinestock.kernel.act;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;

/**
 * Which task holds which object. An object has one holder; all leases draw their epochs from one counter, so that an
 * object's epochs grow, also across restarts, without anything being kept for objects that nobody holds. Any thread.
 */
class Claims {
    private static final String EPOCH = "epoch";
    private static final long BLOCK = 1_000;

    private final Map<String, Lease> held = new TreeMap<>();
    private final Counters counters;

    /** Makes some that forget everything with the process. */
    Claims() {
        this(Counters.inMemory());
    }

    Claims(Counters counters) {
        this.counters = counters;
    }

    /**
     * Leases all of the objects or none.
     *
     * @throws VinestockException {@code CLAIMED} naming the task that holds one of them
     */
    List<Lease> take(List<ObjectId> objects, String holder) {
        if (objects.isEmpty()) {
            return List.of();
        }
        List<Lease> leases = new ArrayList<>(objects.size());
        synchronized (this) {
            for (ObjectId object : objects) {
                Lease other = held.get(key(object));
                if (other != null) {
                    throw new VinestockException(
                            ActError.CLAIMED,
                            object.kind() + " " + object.value() + " is in use by task " + other.holder()
                                    + "; wait until it ends or cancel it");
                }
            }
            for (ObjectId object : objects) {
                if (!held.containsKey(key(object))) {
                    Lease lease = new Lease(object, holder, counters.next(EPOCH, 1, BLOCK));
                    held.put(key(object), lease);
                    leases.add(lease);
                }
            }
        }
        return List.copyOf(leases);
    }

    /** Gives the same holder newer epochs; what it does not hold any more stays with whoever does. */
    synchronized List<Lease> renew(List<Lease> leases) {
        List<Lease> renewed = new ArrayList<>(leases.size());
        for (Lease lease : leases) {
            if (lease.equals(held.get(key(lease.object())))) {
                Lease newer = new Lease(lease.object(), lease.holder(), counters.next(EPOCH, 1, BLOCK));
                held.put(key(lease.object()), newer);
                renewed.add(newer);
            } else {
                renewed.add(lease);
            }
        }
        return List.copyOf(renewed);
    }

    synchronized void release(List<Lease> leases) {
        for (Lease lease : leases) {
            held.remove(key(lease.object()), lease);
        }
    }

    /** The lease on an object, null if nobody holds it. */
    synchronized @Nullable Lease holder(ObjectId object) {
        return held.get(key(object));
    }

    synchronized int size() {
        return held.size();
    }

    private static String key(ObjectId object) {
        return object.kind() + '/' + object.value();
    }
}
