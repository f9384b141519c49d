package org.vinestock.store.write;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;

/**
 * When rows were removed that are not there any more, for the check of a basis; the latest so many. Owned by the writer.
 */
final class Removals {
    private record Key(String table, String kind, String value) {}

    private final int limit;
    /** In the order of their revisions. */
    private final LinkedHashMap<Key, Long> revisions = new LinkedHashMap<>();

    private long forgotten;

    Removals(int limit) {
        this.limit = limit;
    }

    void add(Kind<?> kind, ObjectId id, long revision) {
        Key key = key(kind, id);
        revisions.remove(key); // so that it goes to the end
        revisions.put(key, revision);
        if (revisions.size() > limit) {
            Iterator<Map.Entry<Key, Long>> oldest = revisions.entrySet().iterator();
            forgotten = oldest.next().getValue();
            oldest.remove();
        }
    }

    /** Knows nothing of removals up to a revision. */
    void forget(long revision) {
        forgotten = Math.max(forgotten, revision);
    }

    /** Forgets a row's removal, for it is there again and knows itself when it changed. */
    void putAgain(Kind<?> kind, ObjectId id) {
        revisions.remove(key(kind, id));
    }

    /** The revision at which a row that is not there was removed; 0 = never, as far as is known. */
    long removedAt(Kind<?> kind, ObjectId id) {
        return revisions.getOrDefault(key(kind, id), 0L);
    }

    /** The newest revision of a removal that was forgotten; 0 = none was. */
    long forgotten() {
        return forgotten;
    }

    private static Key key(Kind<?> kind, ObjectId id) {
        return new Key(kind.name(), id.kind(), id.value());
    }
}
