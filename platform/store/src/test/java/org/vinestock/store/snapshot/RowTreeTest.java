package org.vinestock.store.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.model.ObjectId;

class RowTreeTest {
    private record Thing(String kind, String value) implements ObjectId {}

    private record Row(int number) {}

    @Test
    void agreesWithASortedMapWhileItGrowsAndShrinks() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int names = new int[] {1, 2, 31, 32, 33, 34, 500, 3000}[(int) (seed % 8)];
            TreeMap<String, Entry> model = new TreeMap<>();
            RowTree tree = RowTree.EMPTY;
            for (int i = 0; i < 6000; i++) {
                boolean growing = i % 3000 < 1500;
                Thing id = new Thing(random.nextBoolean() ? "a" : "b", "n" + random.nextInt(names));
                if (random.nextInt(10) < (growing ? 8 : 2)) {
                    Entry entry = new Entry(id, new Row(i), i);
                    model.put(key(entry.value, entry.kind), entry);
                    tree = with(tree, entry);
                } else {
                    boolean there = model.remove(key(id.value(), id.kind())) != null;
                    RowTree without = tree.without(id.value(), id.kind());
                    assertEquals(there, without != tree);
                    tree = without;
                }
                if (i % 100 == 0 || tree.size() < 3) {
                    assertSameEntries(model, tree, random, names);
                }
            }
            for (Entry entry : List.copyOf(model.values())) {
                tree = tree.without(entry.value, entry.kind);
            }
            assertEquals(0, tree.size());
            assertFalse(tree.iterator().hasNext());
        }
    }

    private static void assertSameEntries(
            SortedMap<String, Entry> model, RowTree tree, SplittableRandom random, int names) {
        assertEquals(model.size(), tree.size());
        assertEquals(List.copyOf(model.values()), list(tree.iterator()));
        String value = "n" + random.nextInt(names);
        assertEquals(List.copyOf(model.tailMap(value + "\2").values()), list(tree.after(value)));
        for (String kind : List.of("a", "b")) {
            assertSame(model.get(key(value, kind)), tree.find(value, kind));
        }
    }

    @Test
    void leavesFormerTreesAsTheyWere() {
        List<RowTree> trees = new ArrayList<>();
        RowTree tree = RowTree.EMPTY;
        for (int i = 0; i < 2000; i++) {
            trees.add(tree);
            tree = with(tree, new Entry(new Thing("vm", "vm-" + i), new Row(i), i));
        }
        for (int i = 0; i < 2000; i++) {
            tree = tree.without("vm-" + i, "vm");
        }
        for (int i = 0; i < trees.size(); i++) {
            assertEquals(i, trees.get(i).size());
            assertEquals(i, list(trees.get(i).iterator()).size());
            assertNull(trees.get(i).find("vm-" + i, "vm"));
            assertEquals(i > 0, trees.get(i).find("vm-" + (i - 1), "vm") != null);
        }
    }

    @Test
    void findsNothingInAnEmptyTree() {
        assertNull(RowTree.EMPTY.find("x", "vm"));
        assertSame(RowTree.EMPTY, RowTree.EMPTY.without("x", "vm"));
        assertFalse(RowTree.EMPTY.after("").hasNext());
        assertThrows(
                NoSuchElementException.class, () -> RowTree.EMPTY.iterator().next());
    }

    @Test
    void takesIdsOfOneNameAndTwoKindsForTwo() {
        RowTree tree = RowTree.EMPTY
                .with(new Entry(new Thing("vm", "x"), new Row(1), 1), true)
                .with(new Entry(new Thing("host", "x"), new Row(2), 2), true);
        assertEquals(2, tree.size());
        assertNotNull(tree.find("x", "host"));
        assertEquals(
                List.of("host", "vm"),
                list(tree.iterator()).stream().map(entry -> entry.kind).toList());
        assertFalse(tree.after("x").hasNext());
    }

    @Test
    void keepsTheOrderOfNamesWhateverTheyAreMadeOf() {
        List<String> parts =
                List.of("", "\0", "a", "b", "abcdefg", "abcdefgh", "abcdefghi", "\u00fe", "\u00ff", "\u0100", "\uffff");
        TreeMap<String, Entry> model = new TreeMap<>();
        RowTree tree = RowTree.EMPTY;
        for (String first : parts) {
            for (String second : parts) {
                for (String third : parts) {
                    Entry entry = new Entry(new Thing("vm", first + second + third), new Row(1), 1);
                    model.put(entry.value, entry);
                    tree = with(tree, entry);
                }
            }
        }
        assertEquals(List.copyOf(model.values()), list(tree.iterator()));
        for (Entry entry : model.values()) {
            assertSame(entry, tree.find(entry.value, "vm"));
        }
    }

    private static String key(String value, String kind) {
        return value + "\1" + kind;
    }

    private static List<Entry> list(Iterator<Entry> entries) {
        List<Entry> list = new ArrayList<>();
        entries.forEachRemaining(list::add);
        return list;
    }

    private static RowTree with(RowTree tree, Entry entry) {
        return tree.with(entry, tree.find(entry.value, entry.kind) == null);
    }
}
