package org.vinestock.surfaces.events;

import java.nio.charset.StandardCharsets;
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
 * What there is to tell at one moment: the newest committed state and the newest decisions. What listeners are told who are
 * at the same place is written once, however many they are. For one thread.
 */
final class Bulletin {
    static final int MOST_CHANGES = 2_000;
    static final int MOST_DECISIONS = 50;

    private static final byte[] NOTHING = {};

    private final Site site;
    private final @Nullable DecisionFeed feed;
    private final Snapshot now;
    private final long newest;
    private final Map<Place, News> written = new LinkedHashMap<>();

    /**
     * What a listener knows.
     *
     * @param fresh whether it knows nothing, and is to look anew first
     */
    record Place(long revision, long decision, boolean fresh) {
        /** The id of an event after which a listener is there. */
        String id() {
            return revision + "." + decision;
        }
    }

    /** What a listener is told, as it is sent, and where it is then. */
    @SuppressWarnings("ArrayRecordComponent") // shared, and compared by nobody
    record News(byte[] text, Place then) {}

    Bulletin(Site site, @Nullable DecisionFeed feed) {
        this.site = site;
        this.feed = feed;
        now = site.inventory().committed();
        newest = feed == null ? 0 : feed.newest();
    }

    /** What is new to a listener; no text if nothing is. */
    News after(Place place) {
        if (!place.fresh()
                && place.revision() == now.ref().revision()
                && (feed == null || place.decision() == newest)) {
            return new News(NOTHING, place);
        }
        return written.computeIfAbsent(place, this::write);
    }

    private News write(Place place) {
        StringBuilder out = new StringBuilder();
        Place then = new Place(place.revision(), place.decision(), false);
        if (place.fresh()) {
            anew(out, then, "this is the beginning");
        }
        then = changes(out, then);
        then = decisions(out, then);
        return new News(out.toString().getBytes(StandardCharsets.UTF_8), then);
    }

    private Place changes(StringBuilder out, Place place) {
        long since = place.revision();
        if (now.ref().revision() == since) {
            return place;
        }
        Place then = new Place(now.ref().revision(), place.decision(), false);
        Optional<List<Change>> changes = now.changesSince(since);
        if (changes.isEmpty()) {
            anew(out, then, "the changes since " + since + " are no longer known");
        } else if (changes.get().size() > MOST_CHANGES) {
            anew(out, then, changes.get().size() + " changes since " + since + " are too many to tell");
        } else {
            List<Object> told = new ArrayList<>();
            changes.get().forEach(change -> told.add(describe(change)));
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("since", since);
            data.put("revision", then.revision());
            data.put("changes", told);
            event(out, "changes", then, data);
        }
        return then;
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

    private Place decisions(StringBuilder out, Place place) {
        if (feed == null || newest == place.decision()) {
            return place;
        }
        List<DecisionLine> lines = feed.after(Math.max(place.decision(), newest - MOST_DECISIONS), MOST_DECISIONS);
        if (lines.isEmpty()) {
            return place;
        }
        long last = lines.get(lines.size() - 1).id().number();
        Place then = new Place(place.revision(), last, false);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("leftOut", last - place.decision() - lines.size());
        data.put(
                "decisions",
                lines.stream()
                        .map(line -> new Json.Raw(site.codec().write(line)))
                        .toList());
        event(out, "decisions", then, data);
        return then;
    }

    private static void anew(StringBuilder out, Place then, String reason) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("revision", then.revision());
        data.put("reason", reason);
        event(out, "anew", then, data);
    }

    private static void event(StringBuilder out, String name, Place then, Map<String, Object> data) {
        out.append("event: ")
                .append(name)
                .append("\nid: ")
                .append(then.id())
                .append("\ndata: ")
                .append(Json.write(data))
                .append("\n\n");
    }
}
