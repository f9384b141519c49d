package org.vinestock.audit;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the audit to look at; what is null or empty excludes none.
 *
 * @param who exactly this one
 * @param object a row that has this among the names of its objects
 * @param since at this time or later
 */
public record AuditFilter(
        String who, String object, @Nullable Instant since) {
    /** All rows. */
    public static final AuditFilter ALL = new AuditFilter("", "", null);

    /** Whether a row is to be looked at. */
    public boolean takes(AuditRow row) {
        return (who.isEmpty() || row.who().equals(who))
                && (object.isEmpty() || Arrays.asList(row.object().split(" ")).contains(object))
                && (since == null || !row.at().isBefore(since));
    }
}
