package org.vinestock.kernel.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Parts;
import org.vinestock.audit.Audit;
import org.vinestock.audit.AuditFilter;
import org.vinestock.audit.AuditRow;
import org.vinestock.kernel.decide.Table;
import org.vinestock.operation.Input;
import org.vinestock.time.Lane;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;

/** {@code audit.list} and {@code audit.verify}. */
public final class AuditParts {
    private final Audit audit;
    private final Lane lane;

    private AuditParts(Audit audit, Lane lane) {
        this.audit = audit;
        this.lane = lane;
    }

    /** Which rows to list. */
    record Query(
            @Input("Only what this person or part of the machine did")
            Optional<String> who,

            @Input("Only what was done to this object, such as vm-7")
            Optional<String> object,

            @Input("Only what was done since, such as 2026-11-20T14:02:00Z")
            Optional<Instant> since) {}

    /** A row, without its hash. */
    record Row(long number, Instant at, String who, String what, String object, String details) {}

    /** Makes the parts. {@code lane}: where stages are continued. */
    public static Parts of(Audit audit, Lane lane) {
        AuditParts views = new AuditParts(audit, lane);
        VerifyOperation verify = new VerifyOperation(audit, lane);
        return new Parts(
                List.of(verify),
                List.of(new Table<>(
                        "audit.list", "Who did what, the newest first", Query.class, Row.class, views::list)),
                List.of(verify.step()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }

    private CompletionStage<Page<Row>> list(Query query, PageRequest page) {
        AuditFilter filter = new AuditFilter(
                query.who().orElse(""), query.object().orElse(""), query.since().orElse(null));
        return audit.newest(filter, before(page.after()), page.limit()).thenApplyAsync(rows -> page(rows, page), lane);
    }

    private static long before(String after) {
        try {
            return after.isEmpty() ? Long.MAX_VALUE : Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("after: \"" + after + "\"; accepted: what the page before said", e);
        }
    }

    private static Page<Row> page(List<AuditRow> found, PageRequest page) {
        List<Row> rows = found.stream()
                .map(row -> new Row(row.number(), row.at(), row.who(), row.what(), row.object(), row.details()))
                .toList();
        boolean more = rows.size() == page.limit() && rows.get(rows.size() - 1).number() > 1;
        return new Page<>(
                "", rows, more ? String.valueOf(rows.get(rows.size() - 1).number()) : null);
    }
}
