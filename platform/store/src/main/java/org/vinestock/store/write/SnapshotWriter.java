package org.vinestock.store.write;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.HostLoad;
import org.vinestock.model.Violation;
import org.vinestock.store.snapshot.Loads;
import org.vinestock.store.snapshot.SiteSnapshot;

/**
 * The one writer of an inventory: checks change sets, numbers them and makes the next snapshot.
 *
 * <p><b>Calls.</b> Not safe for threads: the store calls it under its lock. A change of one row at 10,000 hosts and
 * 100,000 VMs takes some microseconds, whatever the size of the site.
 *
 * <p><b>Failure.</b> A change set that is a caller's mistake throws before anything has changed.
 */
public final class SnapshotWriter {
    private static final int NAMED_VIOLATIONS = 16;

    private final Removals removals;
    private SiteSnapshot head;

    /** Begins with the empty site at revision 0. */
    public SnapshotWriter(Retention retention) {
        removals = new Removals(retention.changes());
        head = SiteSnapshot.empty(retention.changes());
    }

    /** Goes on from a site that was kept; what was removed before is not known. */
    public SnapshotWriter(Retention retention, SiteSnapshot first) {
        removals = new Removals(retention.changes());
        removals.forget(first.ref().revision());
        head = first;
    }

    /** The newest state. */
    public SiteSnapshot head() {
        return head;
    }

    /**
     * Checks and applies a change set; {@link #head} then shows it under the next revision. If it holds nothing that
     * would change a row, no revision is made.
     *
     * @return why it is refused; empty = it is applied
     * @throws IllegalArgumentException if it could not be applied to any state
     */
    public List<Violation> apply(ChangeSet set) {
        ChangeSetChecks.check(set, head);
        List<Violation> violations = changedAfterBasis(set);
        if (violations.isEmpty()) {
            List<Change> changes = effective(set.changes());
            if (!changes.isEmpty()) {
                head = head.committed(changes);
                noteRemovals(changes, head.ref().revision());
            }
        }
        return violations;
    }

    /** Takes in a sample of loads. */
    public Loads measure(List<HostLoad> measured) {
        for (HostLoad load : measured) {
            if (!(load.share() >= 0 && load.share() <= 1)) {
                throw new IllegalArgumentException(
                        "load " + load.share() + " of host " + load.host() + "; accepted: 0 to 1");
            }
        }
        head = head.measured(measured);
        return head.loads();
    }

    private List<Violation> changedAfterBasis(ChangeSet set) {
        long basis = set.basis();
        List<Violation> violations = List.of();
        if (basis == head.ref().revision()) {
            return violations;
        }
        if (set.strict() && !set.changes().isEmpty()) {
            return List.of(new Violation(
                    "basis",
                    "the state is at revision " + head.ref().revision() + ", after the basis " + basis
                            + " that all of it was checked on; look at it again and decide anew"));
        }
        for (Change change : set.changes()) {
            String because = changedAfter(basis, change);
            if (because != null && violations.size() < NAMED_VIOLATIONS) {
                violations = violations.isEmpty() ? new ArrayList<>() : violations;
                violations.add(new Violation("basis", because));
            }
        }
        return violations;
    }

    private @Nullable String changedAfter(long basis, Change change) {
        long putAt = head.rows(change.kind()).changedAt(change.id());
        boolean there = putAt >= 0;
        long changedAt = there ? putAt : removals.removedAt(change.kind(), change.id());
        if (changedAt > basis) {
            return ChangeSetChecks.name(change) + " was " + (there ? "changed" : "removed") + " at revision "
                    + changedAt + ", after the basis " + basis + "; look at it again and decide anew";
        }
        if (!there && basis < removals.forgotten()) {
            return "basis " + basis + " is too old to tell whether " + ChangeSetChecks.name(change)
                    + " was removed after it; removals up to revision " + removals.forgotten()
                    + " are forgotten, look at a newer snapshot and decide anew";
        }
        return null;
    }

    /** Leaves out removals of what is not there. */
    private List<Change> effective(List<Change> changes) {
        boolean all = true;
        for (Change change : changes) {
            all &= isEffective(change);
        }
        return all ? changes : changes.stream().filter(this::isEffective).toList();
    }

    private boolean isEffective(Change change) {
        return change instanceof Change.Put<?> || head.rows(change.kind()).changedAt(change.id()) >= 0;
    }

    /** Remembers which rows of {@link #head} go, and which come back. */
    private void noteRemovals(List<Change> changes, long revision) {
        for (Change change : changes) {
            if (change instanceof Change.Removed) {
                removals.add(change.kind(), change.id(), revision);
            } else {
                removals.putAgain(change.kind(), change.id());
            }
        }
    }
}
