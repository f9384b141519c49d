package org.vinestock.dataplane.engine.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.vinestock.dataplane.engine.medium.FileMedium;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.BitmapEntry;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.HeaderReader;
import org.vinestock.dataplane.engine.qcow2.format.Snapshot;

/** Reads what an image says of itself, without opening what backs it. */
final class Infos {
    private Infos() {}

    static ImageInfo of(Path file, String format) throws IOException {
        try (Medium medium = FileMedium.open(file, false)) {
            return switch (format) {
                case "raw" -> raw(file, medium);
                case "qcow2" -> qcow2(file, medium, HeaderReader.read(medium));
                default -> throw new IllegalArgumentException("format " + format + " is neither raw nor qcow2");
            };
        }
    }

    private static ImageInfo raw(Path file, Medium medium) throws IOException {
        long length = medium.size();
        return new ImageInfo(
                file, "raw", length, length, room(medium), 0, 0, "", false, false, null, null, List.of(), List.of());
    }

    private static ImageInfo qcow2(Path file, Medium medium, Header header) throws IOException {
        boolean bitmapsHold = (header.autoclearFeatures() & Header.BITMAPS) != 0;
        return new ImageInfo(
                file,
                "qcow2",
                header.size(),
                medium.size(),
                room(medium),
                header.version(),
                header.clusterSize(),
                header.zstd() ? "zstd" : "zlib",
                header.dirty(),
                header.corrupt(),
                header.backingFile(),
                header.backingFormat(),
                Snapshot.read(medium, header).stream().map(Snapshot::name).toList(),
                bitmapsHold
                        ? BitmapEntry.read(medium, header).stream()
                                .map(BitmapEntry::name)
                                .toList()
                        : List.of());
    }

    private static long room(Medium medium) throws IOException {
        long length = medium.size();
        long room = 0;
        for (long at = medium.nextData(0); at < length; ) {
            long hole = Math.max(at + 1, Math.min(length, medium.nextHole(at)));
            room += hole - at;
            at = hole < length ? medium.nextData(hole) : length;
        }
        return room;
    }
}
