package org.vinestock.surfaces.events;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.decision.DecisionLine;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.surfaces.http.Json;
import org.vinestock.surfaces.site.Site;

/**
 * Tells one listener what happened since it was last told. It keeps no queue: each time it looks at the newest committed
 * state and at the newest decisions. Whoever was too slow is told to look anew, or how many decisions were left out.
 *
 * <p>Events: {@code changes} with rows put and removed, {@code anew} when these are no longer known, {@code decisions}. The id
 * of each is {@code revision.decision}, so that a listener which comes back goes on where it was. For one thread.
 */
final class EventStream {
    static final int MOST_CHANGES = 2_000;
    static final int MOST_DECISIONS = 50;

    private final Site site;
    private final @Nullable DecisionFeed feed;
    private long revision;
    private long decision;
    private boolean fresh;

    /** Begins now, or where {@code lastId} says. */
    EventStream(Site site, @Nullable DecisionFeed feed, @Nullable String lastId) {
        this.site = site;
        this.feed = feed;
        this.revision = site.inventory().committed().ref().revision();
        this.decision = feed == null ? 0 : feed.newest();
        this.fresh = true;
        if (lastId != null) {
            goOn(lastId);
        }
    }

    private void goOn(String lastId) {
        String[] parts = lastId.split("\\.", 2);
        try {
            long lastRevision = Long.parseLong(parts[0]);
            long lastDecision = parts.length == 2 ? Long.parseLong(parts[1]) : decision;
            fresh = lastRevision > revision;
            revision = Math.min(revision, lastRevision);
            decision = Math.min(decision, lastDecision);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Last-Event-ID \"" + lastId + "\"; accepted: the id of an event, such as 1042.77", e);
        }
    }

    /** Writes what is new; nothing if nothing is. */
    void tell(Appendable out) throws IOException {
        if (fresh) {
            fresh = false;
            anew(out, "this is the beginning");
        }
        tellChanges(out);
        tellDecisions(out);
    }

    private void tellChanges(Appendable out) throws IOException {
        Snapshot now = site.inventory().committed();
        long newest = now.ref().revision();
        if (newest == revision) {
            return;
        }
        Optional<List<Change>> changes = now.changesSince(revision);
        long since = revision;
        revision = newest;
        if (changes.isEmpty()) {
            anew(out, "the changes since " + since + " are no longer known");
        } else if (changes.get().size() > MOST_CHANGES) {
            anew(out, changes.get().size() + " changes since " + since + " are too many to tell");
        } else {
            List<Object> told = new ArrayList<>();
            changes.get().forEach(change -> told.add(describe(change)));
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("since", since);
            data.put("revision", newest);
            data.put("changes", told);
            event(out, "changes", data);
        }
    }

    private Map<String, Object> describe(Change change) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("kind", change.kind().name());
        told.put("id", change.id().value());
        if (change instanceof Change.Put<?> put) {
            told.put("value", new Json.Raw(site.codec().write(put.value())));
        } else {
            told.put("removed", true);
        }
        return told;
    }

    private void tellDecisions(Appendable out) throws IOException {
        long newest = feed == null ? decision : feed.newest();
        if (feed == null || newest == decision) {
            return;
        }
        List<DecisionLine> lines = feed.after(Math.max(decision, newest - MOST_DECISIONS), MOST_DECISIONS);
        if (lines.isEmpty()) {
            return;
        }
        long last = lines.get(lines.size() - 1).id().number();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("leftOut", last - decision - lines.size());
        data.put(
                "decisions",
                lines.stream()
                        .map(line -> new Json.Raw(site.codec().write(line)))
                        .toList());
        decision = last;
        event(out, "decisions", data);
    }

    private void anew(Appendable out, String reason) throws IOException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("revision", revision);
        data.put("reason", reason);
        event(out, "anew", data);
    }

    private void event(Appendable out, String name, Map<String, Object> data) throws IOException {
        out.append("event: ")
                .append(name)
                .append("\nid: ")
                .append(revision + "." + decision)
                .append("\ndata: ")
                .append(Json.write(data))
                .append("\n\n");
    }
}
