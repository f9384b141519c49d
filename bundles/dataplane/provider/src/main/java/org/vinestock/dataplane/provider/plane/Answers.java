package org.vinestock.dataplane.provider.plane;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.Export;
import org.vinestock.dataplane.ExportId;
import org.vinestock.dataplane.ExportSpec;
import org.vinestock.dataplane.ImageCheck;
import org.vinestock.dataplane.ImageExtent;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.dataplane.Traffic;
import org.vinestock.model.ByteCount;

/** What the process says, as values. A field that is not there is empty: the process may be older. */
final class Answers {
    private Answers() {}

    static <T> List<T> list(Object answer, Function<Map<?, ?>, T> each) {
        List<T> list = new ArrayList<>();
        if (answer instanceof List<?> elements) {
            for (Object element : elements) {
                list.add(each.apply(map(element)));
            }
        }
        return list;
    }

    static Map<?, ?> map(@Nullable Object answer) {
        return answer instanceof Map<?, ?> map ? map : Map.of();
    }

    static String text(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    static @Nullable String textOrNull(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    static long number(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof Long number ? number : 0;
    }

    private static List<String> texts(Map<?, ?> fields, String name) {
        List<String> texts = new ArrayList<>();
        if (fields.get(name) instanceof List<?> list) {
            list.forEach(each -> texts.add(String.valueOf(each)));
        }
        return texts;
    }

    static Export export(Map<?, ?> fields, String socket) {
        ExportSpec spec = new ExportSpec(
                new ExportId(text(fields, "name")),
                text(fields, "format"),
                texts(fields, "chain"),
                Boolean.TRUE.equals(fields.get("writable")));
        return new Export(spec, socket, new ByteCount(number(fields, "size")), textOrNull(fields, "problem"));
    }

    static ImageInfo info(Map<?, ?> fields) {
        return new ImageInfo(
                text(fields, "file"),
                text(fields, "format"),
                new ByteCount(number(fields, "size")),
                new ByteCount(number(fields, "allocated")),
                number(fields, "clusterSize"),
                (int) number(fields, "version"),
                textOrNull(fields, "backing"),
                textOrNull(fields, "backingFormat"),
                Boolean.TRUE.equals(fields.get("dirty")),
                texts(fields, "snapshots"),
                texts(fields, "bitmaps"));
    }

    static ImageCheck check(Map<?, ?> fields) {
        return new ImageCheck(
                number(fields, "leaks"),
                number(fields, "corruptions"),
                number(fields, "repaired"),
                texts(fields, "findings"));
    }

    static ImageExtent extent(Map<?, ?> fields) {
        return new ImageExtent(
                number(fields, "offset"),
                number(fields, "length"),
                (int) number(fields, "depth"),
                Boolean.TRUE.equals(fields.get("data")),
                Boolean.TRUE.equals(fields.get("allocated")));
    }

    static Traffic traffic(Map<?, ?> fields) {
        List<Traffic.Touched> touched = new ArrayList<>();
        if (fields.get("ranges") instanceof List<?> ranges) {
            for (Object range : ranges) {
                if (range instanceof List<?> three
                        && three.size() == 3
                        && three.get(0) instanceof Long index
                        && three.get(1) instanceof Long reads
                        && three.get(2) instanceof Long writes) {
                    touched.add(new Traffic.Touched(index, reads, writes));
                }
            }
        }
        return new Traffic(
                new ExportId(text(fields, "name")),
                number(fields, "reads"),
                number(fields, "readBytes"),
                number(fields, "writes"),
                number(fields, "writtenBytes"),
                number(fields, "flushes"),
                number(fields, "granuleBytes"),
                touched);
    }
}
