package org.vinestock.dataplane.engine.nbd;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.DirtyBitmap;

/**
 * What block status can tell of an export.
 *
 * @param id the number that replies carry
 * @param bitmap null: what is allocated and what is zero
 */
public record MetaContext(int id, String name, @Nullable DirtyBitmap bitmap) {
    /** How many a client may choose. */
    static final int MOST = 16;

    private static final String ALLOCATION = "base:allocation";
    private static final String BITMAP = "qemu:dirty-bitmap:";

    static List<MetaContext> all(Export export) {
        List<MetaContext> all = new ArrayList<>();
        all.add(new MetaContext(1, ALLOCATION, null));
        export.bitmaps().forEach((name, bitmap) -> all.add(new MetaContext(all.size() + 1, BITMAP + name, bitmap)));
        return all;
    }

    /** Those that are named. */
    static List<MetaContext> selected(Export export, List<String> names) {
        return all(export).stream()
                .filter(context -> names.contains(context.name))
                .toList();
    }

    /** Those that are named, or in a namespace that is named; without any name all. */
    static List<MetaContext> listed(Export export, List<String> queries) {
        return all(export).stream()
                .filter(context -> queries.isEmpty() || queries.stream().anyMatch(context::answers))
                .toList();
    }

    private boolean answers(String query) {
        boolean wildcard = query.equals("base:") || query.equals("qemu:") || query.equals(BITMAP);
        return wildcard ? name.startsWith(query) : name.equals(query);
    }
}
