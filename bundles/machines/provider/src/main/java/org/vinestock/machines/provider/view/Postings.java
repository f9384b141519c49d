package org.vinestock.machines.provider.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.VmId;

/**
 * Pairs of a word and a VM in their order, so that the VMs of a word are found at once and in order of their names.
 * Immutable; a change copies one chunk and the array of chunks, some microseconds at 200,000 pairs.
 *
 * <p>Invariants: no chunk is empty or has more than {@value #MOST} pairs; all pairs are in order, none is there twice.
 */
final class Postings {
    static final Postings NONE = new Postings(new Posting[0][]);

    private static final int MOST = 128;

    private final Posting[][] chunks;

    /** A VM under a word of two parts, such as a label's key and value. */
    record Posting(String key, String value, VmId vm) {
        private int compareTo(String otherKey, String otherValue, String name) {
            int byKey = key.compareTo(otherKey);
            if (byKey != 0) {
                return byKey;
            }
            int byValue = value.compareTo(otherValue);
            return byValue != 0 ? byValue : vm.value().compareTo(name);
        }
    }

    private Postings(Posting[][] chunks) {
        this.chunks = chunks;
    }

    /** Makes them of pairs that are in order. */
    static Postings of(List<Posting> inOrder) {
        int full = MOST * 3 / 4; // room for some more
        Posting[][] chunks = new Posting[(inOrder.size() + full - 1) / full][];
        for (int i = 0; i < chunks.length; i++) {
            chunks[i] = inOrder.subList(i * full, Math.min(inOrder.size(), (i + 1) * full))
                    .toArray(Posting[]::new);
        }
        return new Postings(chunks);
    }

    /** Begins at the first VM of a word whose name is {@code name} or comes after it. */
    Cursor from(String key, String value, String name) {
        return new Cursor(key, value, name);
    }

    Editor edit() {
        return new Editor();
    }

    /** Returns where a pair is, or -1 - (where it would be). */
    private static int position(Posting[] chunk, String key, String value, String name) {
        int low = 0;
        int high = chunk.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = chunk[middle].compareTo(key, value, name);
            if (order == 0) {
                return middle;
            } else if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    /** Goes over the VMs of one word. */
    final class Cursor {
        private final String key;
        private final String value;
        private int chunk;
        private int at;

        private Cursor(String key, String value, String name) {
            this.key = key;
            this.value = value;
            seek(0, name);
        }

        /** Where it stands; null = there are no more. */
        @Nullable
        VmId vm() {
            if (chunk == chunks.length) {
                return null;
            }
            Posting here = chunks[chunk][at];
            return here.value().equals(value) && here.key().equals(key) ? here.vm() : null;
        }

        /** Goes on to the first VM whose name is {@code name} or comes after it. */
        void to(String name) {
            int tries = 2; // mostly it is the next one
            while (tries > 0 && chunk < chunks.length && chunks[chunk][at].compareTo(key, value, name) < 0) {
                tries--;
                step();
            }
            if (tries == 0 && chunk < chunks.length) {
                seek(chunk, name);
            }
        }

        private void step() {
            at++;
            if (at == chunks[chunk].length) {
                chunk++;
                at = 0;
            }
        }

        private void seek(int from, String name) {
            int low = from;
            int high = chunks.length;
            while (low < high) { // the first chunk that ends at the name or behind it
                int middle = (low + high) >>> 1;
                Posting[] some = chunks[middle];
                if (some[some.length - 1].compareTo(key, value, name) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            chunk = low;
            int found = chunk == chunks.length ? 0 : position(chunks[chunk], key, value, name);
            at = found < 0 ? -1 - found : found;
        }
    }

    /** Makes others with some changes; these stay as they are. Used by one thread. */
    final class Editor {
        private @Nullable List<Posting[]> copy;

        void add(Posting posting) {
            List<Posting[]> all = copy();
            if (all.isEmpty()) {
                all.add(new Posting[] {posting});
                return;
            }
            int number = chunkOf(all, posting);
            Posting[] chunk = all.get(number);
            int found =
                    position(chunk, posting.key(), posting.value(), posting.vm().value());
            if (found >= 0) {
                return;
            }
            int gap = -1 - found;
            Posting[] longer = Arrays.copyOf(chunk, chunk.length + 1);
            System.arraycopy(chunk, gap, longer, gap + 1, chunk.length - gap);
            longer[gap] = posting;
            if (longer.length <= MOST) {
                all.set(number, longer);
            } else {
                all.set(number, Arrays.copyOf(longer, MOST / 2));
                all.add(number + 1, Arrays.copyOfRange(longer, MOST / 2, longer.length));
            }
        }

        void remove(Posting posting) {
            List<Posting[]> all = copy();
            int number = all.isEmpty() ? 0 : chunkOf(all, posting);
            Posting[] chunk = all.isEmpty() ? new Posting[0] : all.get(number);
            int found =
                    position(chunk, posting.key(), posting.value(), posting.vm().value());
            if (found < 0) {
                return;
            }
            Posting[] shorter = Arrays.copyOf(chunk, chunk.length - 1);
            System.arraycopy(chunk, found + 1, shorter, found, shorter.length - found);
            if (number > 0 && all.get(number - 1).length + shorter.length <= MOST / 2) {
                Posting[] before = all.get(number - 1);
                Posting[] joined = Arrays.copyOf(before, before.length + shorter.length);
                System.arraycopy(shorter, 0, joined, before.length, shorter.length);
                all.set(number - 1, joined);
                all.remove(number);
            } else if (shorter.length == 0) {
                all.remove(number);
            } else {
                all.set(number, shorter);
            }
        }

        private List<Posting[]> copy() {
            List<Posting[]> made = copy;
            if (made == null) {
                made = new ArrayList<>(Arrays.asList(chunks));
                copy = made;
            }
            return made;
        }

        /** The last chunk that does not begin behind a pair, or else the first one. */
        private static int chunkOf(List<Posting[]> all, Posting posting) {
            int low = 0;
            int high = all.size() - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (all.get(middle)[0].compareTo(
                                posting.key(), posting.value(), posting.vm().value())
                        <= 0) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        Postings done() {
            return copy == null ? Postings.this : new Postings(copy.toArray(Posting[][]::new));
        }
    }
}
