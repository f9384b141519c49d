package org.vinestock.store.audit;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.audit.Audit;
import org.vinestock.audit.AuditFilter;
import org.vinestock.audit.AuditReport;
import org.vinestock.audit.AuditRow;
import org.vinestock.audit.AuditWatch;
import org.vinestock.audit.Deed;

/** The newest rows of an audit, in memory: they are gone with the process. Guarded by itself. */
public final class MemoryAudit implements Audit {
    private static final int KEPT = 10_000;

    private final InstantSource clock;
    private final Deque<AuditRow> rows = new ArrayDeque<>(); // the newest first
    private Anchor before = Anchor.NONE;
    private Anchor end = Anchor.NONE;

    /** Makes an empty one. */
    public MemoryAudit(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<Long> tell(Deed deed) {
        AuditRow row = AuditChain.next(end, clock.instant(), deed);
        end = new Anchor(row.number(), row.hash());
        rows.addFirst(row);
        if (rows.size() > KEPT) {
            AuditRow gone = rows.removeLast();
            before = new Anchor(gone.number(), gone.hash());
        }
        return CompletableFuture.completedStage(row.number());
    }

    @Override
    public synchronized CompletionStage<List<AuditRow>> newest(AuditFilter filter, long below, int limit) {
        List<AuditRow> found = new ArrayList<>();
        for (AuditRow row : rows) {
            if (found.size() < limit && row.number() < below && filter.takes(row)) {
                found.add(row);
            }
        }
        return CompletableFuture.completedStage(found);
    }

    @Override
    public synchronized CompletionStage<AuditReport> verify(AuditWatch watch) {
        AuditCheck check = new AuditCheck(before, List.of(end));
        for (Iterator<AuditRow> oldest = rows.descendingIterator(); oldest.hasNext(); ) {
            check.row(oldest.next());
        }
        try {
            watch.looked(rows.size(), end.number());
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
        return CompletableFuture.completedStage(check.end(0));
    }

    @Override
    public boolean kept() {
        return false;
    }
}
