package org.vinestock.testkit.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;

/** Kinds of rows that the checks make: two of hosts, two of occupants, one of neither. */
final class TriedRows {
    record Machine(HostId id, boolean accepts, long millicores, long memory) implements HostRow {}

    record Guest(ObjectId id, @Nullable HostId host, long millicores, long memory) implements OccupantRow {}

    record Note(ObjectId id, String text) {}

    /** An object of a kind of its own, so that ids of several classes and kinds meet in one table. */
    record Thing(String kind, String value) implements ObjectId {
        @Override
        public String toString() {
            return kind + ' ' + value;
        }
    }

    static final Kind<Machine> HOST = new Kind<>("host", Machine.class);
    static final Kind<Machine> HOST_SEEN = new Kind<>("host.observed", Machine.class);
    static final Kind<Guest> VM = new Kind<>("vm", Guest.class);
    static final Kind<Guest> VM_SEEN = new Kind<>("vm.observed", Guest.class);
    static final Kind<Note> NOTE = new Kind<>("note", Note.class);
    static final List<Kind<?>> ALL = List.of(HOST, HOST_SEEN, VM, VM_SEEN, NOTE);

    /** The largest size that a store must take. */
    static final long LARGEST = 1L << 50;

    private TriedRows() {}
}
