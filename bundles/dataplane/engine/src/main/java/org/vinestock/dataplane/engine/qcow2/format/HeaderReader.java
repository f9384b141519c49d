package org.vinestock.dataplane.engine.qcow2.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.medium.Medium;

/** Reads a header, and refuses by the field's name whatever is not sound or not supported. Nothing is allocated by a number that was not checked. */
public final class HeaderReader {
    private static final int FEATURE_NAME = 48;

    private final Medium medium;
    private final long fileSize;
    private final ByteBuffer start = ByteBuffer.allocate(112);
    private @Nullable String backingFormat;
    private Header.@Nullable BitmapsExtension bitmaps;
    private final List<Header.Extension> others = new ArrayList<>();
    private final List<String> featureNames = new ArrayList<>();

    private HeaderReader(Medium medium) throws IOException {
        this.medium = medium;
        this.fileSize = medium.size();
    }

    /** Reads the header of an image. */
    public static Header read(Medium medium) throws IOException {
        return new HeaderReader(medium).read();
    }

    /** Whether the medium begins as a qcow2 image does. */
    public static boolean begins(Medium medium) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(4);
        medium.read(0, magic);
        return magic.getInt(0) == Header.MAGIC;
    }

    private Header read() throws IOException {
        medium.read(0, start);
        require(start.getInt(0) == Header.MAGIC, "magic", "this is no qcow2 image");
        int version = start.getInt(4);
        require(version == 2 || version == 3, "version", "%d is neither 2 nor 3", version);
        int clusterBits = start.getInt(20);
        require(
                clusterBits >= 9 && clusterBits <= Header.MOST_CLUSTER_BITS,
                "cluster_bits",
                "%d is not 9 to %d",
                clusterBits,
                Header.MOST_CLUSTER_BITS);
        require(
                start.getInt(32) == 0,
                "crypt_method",
                "%d: encrypted images are not supported; decrypt it with the program that made it",
                start.getInt(32));
        boolean v3 = version == 3;
        int length = v3 ? start.getInt(100) : Header.LENGTH_V2;
        require(
                !v3 || (length >= Header.LENGTH_V3 && length % 8 == 0 && length <= 1 << clusterBits),
                "header_length",
                "%d is not a multiple of 8 from 104 to %d",
                length,
                1 << clusterBits);
        ByteBuffer cluster = ByteBuffer.allocate(1 << clusterBits);
        medium.read(0, cluster);
        String backingFile = backingFile(cluster, length);
        extensions(cluster, length, backingFile == null ? cluster.capacity() : (int) start.getLong(8));
        return checked(new Header(
                version,
                clusterBits,
                start.getLong(Header.SIZE_AT),
                start.getInt(36),
                start.getLong(40),
                start.getLong(Header.REFCOUNT_TABLE_AT),
                start.getInt(56),
                start.getInt(60),
                start.getLong(64),
                v3 ? start.getLong(Header.INCOMPATIBLE_AT) : 0,
                v3 ? start.getLong(80) : 0,
                v3 ? start.getLong(Header.AUTOCLEAR_AT) : 0,
                v3 ? start.getInt(96) : 4,
                length,
                v3 && length > 104 ? start.get(104) & 0xff : 0,
                backingFile,
                backingFormat,
                bitmaps,
                others));
    }

    private @Nullable String backingFile(ByteBuffer cluster, int headerLength) throws ImageRefusedException {
        long offset = start.getLong(8);
        if (offset == 0) {
            return null;
        }
        int length = start.getInt(16);
        require(
                length >= 0 && length <= Header.LONGEST_BACKING_FILE,
                "backing_file_size",
                "%d is not 0 to %d",
                length,
                Header.LONGEST_BACKING_FILE);
        require(
                offset >= headerLength && offset <= cluster.capacity() - length,
                "backing_file_offset",
                "%d is not between the header's end at %d and the end of its cluster",
                offset,
                headerLength);
        return text(cluster, (int) offset, length);
    }

    private static String text(ByteBuffer cluster, int offset, int length) {
        byte[] bytes = new byte[length];
        cluster.get(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void extensions(ByteBuffer cluster, int from, int to) throws ImageRefusedException {
        int at = from;
        while (at <= to - 8) {
            int type = cluster.getInt(at);
            int length = cluster.getInt(at + 4);
            if (type == Header.END) {
                return;
            }
            require(
                    length >= 0 && length <= to - at - 8,
                    "header extension " + String.format("%#x", type),
                    "its %d bytes at %d reach over the end of the header at %d",
                    length,
                    at,
                    to);
            extension(type, cluster, at + 8, length);
            at = at + 8 + ((length + 7) & -8);
        }
    }

    private void extension(int type, ByteBuffer cluster, int at, int length) throws ImageRefusedException {
        switch (type) {
            case Header.BACKING_FORMAT -> backingFormat = text(cluster, at, length);
            case Header.FEATURE_NAMES -> {
                for (int i = 0; i + FEATURE_NAME <= length; i += FEATURE_NAME) {
                    String name = text(cluster, at + i + 2, FEATURE_NAME - 2).replace("\0", "");
                    featureNames.add(cluster.get(at + i) + "." + cluster.get(at + i + 1) + " " + name);
                }
            }
            case Header.BITMAPS_EXTENSION -> {
                require(bitmaps == null && length == 24, "bitmaps extension", "%d bytes, or twice there", length);
                bitmaps = new Header.BitmapsExtension(
                        cluster.getInt(at), cluster.getLong(at + 8), cluster.getLong(at + 16));
            }
            default -> {
                List<Byte> data = new ArrayList<>();
                for (int i = 0; i < length; i++) {
                    data.add(cluster.get(at + i));
                }
                others.add(new Header.Extension(type, data));
            }
        }
    }

    private Header checked(Header header) throws ImageRefusedException {
        features(header);
        require(header.size() >= 0, "size", "%d bytes", header.size());
        long l1Bytes = (header.l1Size() & 0xffffffffL) * Long.BYTES;
        require(l1Bytes <= Header.MOST_L1_BYTES, "l1_size", "%d bytes are more than 32 MiB", l1Bytes);
        require(
                header.l1EntriesFor(header.size()) <= header.l1Size(),
                "l1_size",
                "%d entries are too few for a disk of %d bytes",
                header.l1Size(),
                header.size());
        if (header.l1Size() > 0) {
            table("l1_table_offset", header.l1TableOffset(), l1Bytes, header);
        }
        long refcountBytes = (header.refcountTableClusters() & 0xffffffffL) << header.clusterBits();
        require(
                refcountBytes > 0 && refcountBytes <= Header.MOST_REFCOUNT_TABLE_BYTES,
                "refcount_table_clusters",
                "%d bytes are not 1 to 8 MiB",
                refcountBytes);
        table("refcount_table_offset", header.refcountTableOffset(), refcountBytes, header);
        require(
                header.snapshotCount() >= 0 && header.snapshotCount() <= Header.MOST_SNAPSHOTS,
                "nb_snapshots",
                "%d is more than %d",
                header.snapshotCount() & 0xffffffffL,
                Header.MOST_SNAPSHOTS);
        if (header.snapshotCount() > 0) {
            table("snapshots_offset", header.snapshotsOffset(), header.snapshotCount() * 40L, header);
        }
        Header.BitmapsExtension directory = header.bitmaps();
        if (directory != null) {
            require(
                    directory.count() > 0 && directory.count() <= Header.MOST_BITMAPS,
                    "nb_bitmaps",
                    "%d is not 1 to %d",
                    directory.count() & 0xffffffffL,
                    Header.MOST_BITMAPS);
            require(
                    directory.directorySize() >= directory.count() * 24L && directory.directorySize() <= 64L << 20,
                    "bitmap_directory_size",
                    "%d bytes for %d bitmaps",
                    directory.directorySize(),
                    directory.count());
            table("bitmap_directory_offset", directory.directoryOffset(), directory.directorySize(), header);
        }
        return header;
    }

    private void features(Header header) throws ImageRefusedException {
        long features = header.incompatibleFeatures();
        require((features & Header.DATA_FILE) == 0, "data-file", "an external data file is not supported");
        require((features & Header.EXTENDED_L2) == 0, "extended_l2", "extended L2 entries are not supported");
        for (int bit = 5; bit < 64; bit++) {
            require(
                    (features >>> bit & 1) == 0,
                    "incompatible_features",
                    "bit %d (%s) is not supported",
                    bit,
                    featureName(bit));
        }
        boolean bit = (features & Header.COMPRESSION) != 0;
        require(
                bit == (header.compressionType() != 0) && header.compressionType() <= 1,
                "compression_type",
                "%d, and its incompatible bit is %s",
                header.compressionType(),
                bit ? "set" : "not set");
        require(
                header.refcountOrder() >= 0 && header.refcountOrder() <= 6,
                "refcount_order",
                "%d is more than 6",
                header.refcountOrder() & 0xffffffffL);
        require(
                (header.autoclearFeatures() & Header.BITMAPS) == 0 || header.bitmaps() != null,
                "autoclear_features",
                "bit 0 speaks of bitmaps, and there is no bitmaps extension");
    }

    private String featureName(int bit) {
        String prefix = "0." + bit + " ";
        return featureNames.stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .findFirst()
                .orElse("without a name");
    }

    private void table(String field, long offset, long bytes, Header header) throws ImageRefusedException {
        long clusterSize = header.clusterSize();
        require(
                offset >= clusterSize && offset % clusterSize == 0,
                field,
                "%d is no multiple of %d, or within the header",
                offset,
                clusterSize);
        // Programs leave the last cluster of a file unfinished.
        long end = (fileSize + clusterSize - 1) & -clusterSize;
        require(
                offset < fileSize && bytes <= end - offset,
                field,
                "%d bytes at %d reach over the end of the file at %d",
                bytes,
                offset,
                fileSize);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    private void require(boolean holds, String field, String reason, Object... values) throws ImageRefusedException {
        if (!holds) {
            throw new ImageRefusedException(medium.name(), field, String.format(reason, values));
        }
    }
}
