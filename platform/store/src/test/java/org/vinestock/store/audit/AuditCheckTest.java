package org.vinestock.store.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.audit.AuditFault;
import org.vinestock.audit.AuditFault.Kind;
import org.vinestock.audit.AuditReport;
import org.vinestock.audit.AuditRow;
import org.vinestock.audit.Deed;

/** Whatever is done to the rows is found, and named. */
class AuditCheckTest {
    private final List<AuditRow> rows = new ArrayList<>();
    private final List<String> hashes = new ArrayList<>();
    private Anchor end = Anchor.NONE;

    AuditCheckTest() {
        for (int i = 1; i <= 6; i++) {
            AuditRow row = AuditChain.next(
                    end, Instant.ofEpochSecond(i, 123_456_789), new Deed("ann", "vm.create", "vm-" + i, "t-" + i));
            rows.add(row);
            hashes.add(row.hash());
            end = new Anchor(row.number(), row.hash());
        }
    }

    @Test
    void findsNothingInWhatWasWritten() {
        assertEquals(new AuditReport(6, 6, 6, List.of()), check(end));
        assertEquals(new AuditReport(6, 6, 2, List.of()), check(anchor(2)), "an anchor may be behind");
    }

    /** The rule of the hashes is fixed: other programs may check it, and a later version must find the same. */
    @Test
    void hashesAsItSays() {
        AuditRow row = AuditChain.next(
                Anchor.NONE,
                Instant.parse("2026-11-20T14:02:00.123456789Z"),
                new Deed("ann", "vm.create", "vm-7", "ü"));
        assertEquals(Instant.parse("2026-11-20T14:02:00.123456Z"), row.at());
        assertEquals("e8d66d4e4c7a4aa6f682820eef563c862ad38e1c32bab0a4ba927ea4a9dd7694", row.hash());
    }

    @Test
    void findsEachFieldThatWasChanged() {
        AuditRow old = rows.get(2);
        List<AuditRow> changed = List.of(
                new AuditRow(
                        3, old.at().plusNanos(1_000), old.who(), old.what(), old.object(), old.details(), old.hash()),
                new AuditRow(3, old.at(), "bob", old.what(), old.object(), old.details(), old.hash()),
                new AuditRow(3, old.at(), old.who(), "vm.delete", old.object(), old.details(), old.hash()),
                new AuditRow(3, old.at(), old.who(), old.what(), "vm-9", old.details(), old.hash()),
                new AuditRow(3, old.at(), old.who(), old.what(), old.object(), "", old.hash()),
                // what moves from one field to the next is a change, too
                new AuditRow(3, old.at(), old.who(), old.what() + old.object(), "", old.details(), old.hash()));
        for (AuditRow row : changed) {
            rows.set(2, row);
            assertEquals(
                    List.of(new AuditFault(3, Kind.CHANGED, "row 3 was changed, or row 2 together with its hash")),
                    check(end).faults(),
                    row.toString());
        }
    }

    @Test
    void findsARowThatWasWrittenAnewWithItsHash() {
        rewrite(2, 3);
        assertEquals(
                List.of(new AuditFault(4, Kind.CHANGED, "row 4 was changed, or row 3 together with its hash")),
                check(end).faults());
    }

    @Test
    void findsThatAllToTheEndWasWrittenAnew() {
        rewrite(2, 6);
        assertEquals(
                List.of(new AuditFault(
                        5,
                        Kind.CHANGED,
                        "row 5 has another hash than was anchored: it or rows before it were written anew")),
                check(anchor(5)).faults());
    }

    @Test
    void findsRowsThatWereRemoved() {
        rows.remove(3);
        assertEquals(
                List.of(new AuditFault(4, Kind.REMOVED, "row 4 was removed")),
                check(end).faults());
        rows.remove(0);
        rows.remove(0);
        assertEquals(
                List.of(
                        new AuditFault(1, Kind.REMOVED, "rows 1 to 2 were removed"),
                        new AuditFault(4, Kind.REMOVED, "row 4 was removed")),
                check(end).faults());
    }

    @Test
    void findsThatTheEndWasCutOff() {
        Anchor known = anchor(5);
        rows.remove(5);
        assertEquals(List.of(), check(known).faults(), "nobody knows of row 6");
        rows.remove(4);
        rows.remove(3);
        assertEquals(
                List.of(new AuditFault(4, Kind.CUT_OFF, "rows 4 to 5 were cut off")),
                check(known).faults());
        rows.clear();
        assertEquals(
                List.of(new AuditFault(1, Kind.CUT_OFF, "rows 1 to 5 were cut off")),
                check(known).faults());
    }

    @Test
    void findsEveryChangeAnywhere() {
        for (int i = 0; i < rows.size(); i++) {
            AuditRow old = rows.get(i);
            rows.set(i, new AuditRow(i + 1, old.at(), "bob", old.what(), old.object(), old.details(), old.hash()));
            assertEquals(i + 1, check(end).faults().get(0).number());
            rows.set(i, old);
        }
    }

    /** Writes rows anew as somebody does who knows the rule; {@code first} and {@code last} are their numbers. */
    private void rewrite(int first, int last) {
        Anchor former = first == 1 ? Anchor.NONE : anchor(first - 1);
        for (int number = first; number <= last; number++) {
            AuditRow old = rows.get(number - 1);
            AuditRow row = AuditChain.next(former, old.at(), new Deed("bob", old.what(), old.object(), old.details()));
            rows.set(number - 1, row);
            former = new Anchor(row.number(), row.hash());
        }
    }

    private Anchor anchor(int number) {
        return new Anchor(number, hashes.get(number - 1));
    }

    private AuditReport check(Anchor anchor) {
        AuditCheck check = new AuditCheck(Anchor.NONE, List.of(anchor));
        rows.forEach(check::row);
        return check.end(anchor.number());
    }
}
