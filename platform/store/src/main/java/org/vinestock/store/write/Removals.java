package org.vinestock.store.write;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.TreeMap;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;

/**
 * When rows were removed that are not there any more, for the check of a basis; the latest so many. Owned by the writer.
 */
final class Removals {
    private record Key(String table, String kind, String value) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::value).thenComparing(Key::kind).thenComparing(Key::table);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Removed(Key key, long revision) {}

    private final int limit;
    private final TreeMap<Key, Long> revisions = new TreeMap<>();
    private final Queue<Removed> inOrder = new ArrayDeque<>();
    private long forgotten;

    Removals(int limit) {
        this.limit = limit;
    }

    void add(Kind<?> kind, ObjectId id, long revision) {
        Key key = key(kind, id);
        revisions.put(key, revision);
        inOrder.add(new Removed(key, revision));
        while (inOrder.size() > limit) {
            Removed oldest = inOrder.remove();
            if (revisions.remove(oldest.key, oldest.revision)) {
                forgotten = oldest.revision;
            }
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
