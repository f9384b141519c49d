package org.vinestock.store.audit;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.audit.AuditFault;
import org.vinestock.audit.AuditFault.Kind;
import org.vinestock.audit.AuditReport;
import org.vinestock.audit.AuditRow;

/**
 * Looks at the rows of an audit one after the other, in the order of their numbers, and says where they are not as they were
 * written. One thread.
 */
public final class AuditCheck {
    private static final int MOST_FAULTS = 100;

    private final List<Anchor> anchors;
    private final List<AuditFault> faults = new ArrayList<>();
    private Anchor former;
    private long rows;

    /**
     * Begins.
     *
     * @param before the end of the chain before the first row that is kept
     * @param anchors what is known of the chain from elsewhere, read before the rows were
     */
    public AuditCheck(Anchor before, List<Anchor> anchors) {
        former = before;
        this.anchors = List.copyOf(anchors);
    }

    /** Looks at the next row. */
    public void row(AuditRow row) {
        rows++;
        long number = row.number();
        if (number != former.number() + 1) {
            fault(former.number() + 1, Kind.REMOVED, rows(former.number() + 1, number - 1) + " removed");
        } else if (!isHash(row.hash()) || !AuditChain.hash(former.hash(), row).equals(row.hash())) {
            fault(
                    number,
                    Kind.CHANGED,
                    "row " + number + " was changed"
                            + (number == 1 ? "" : ", or row " + (number - 1) + " together with its hash"));
        }
        for (Anchor anchor : anchors) {
            if (anchor.number() == number && !anchor.hash().equals(row.hash())) {
                fault(
                        number,
                        Kind.CHANGED,
                        "row " + number
                                + " has another hash than was anchored: it or rows before it were written anew");
            }
        }
        if (row.what().equals(AuditChain.BROKEN)) {
            fault(number, Kind.CHANGED, "row " + number + " says: " + row.details());
        }
        former = new Anchor(number, isHash(row.hash()) ? row.hash() : Anchor.NONE.hash());
    }

    private static boolean isHash(String text) {
        return text.length() == 64 && text.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    private static String rows(long first, long last) {
        return first == last ? "row " + first + " was" : "rows " + first + " to " + last + " were";
    }

    private void fault(long number, Kind kind, String message) {
        if (faults.size() < MOST_FAULTS
                && (faults.isEmpty() || !last().message().equals(message))) {
            faults.add(new AuditFault(number, kind, message));
        }
    }

    private AuditFault last() {
        return faults.get(faults.size() - 1);
    }

    /**
     * Ends.
     *
     * @param anchored the number of the row that is anchored outside of the database
     */
    public AuditReport end(long anchored) {
        long reached = 0;
        for (Anchor anchor : anchors) {
            reached = Math.max(reached, anchor.number());
        }
        if (reached > former.number()) {
            fault(former.number() + 1, Kind.CUT_OFF, rows(former.number() + 1, reached) + " cut off");
        }
        return new AuditReport(rows, former.number(), anchored, faults);
    }
}
