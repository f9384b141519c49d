package org.vinestock.dataplane.engine.qcow2.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes headers. */
public final class HeaderWriter {
    private HeaderWriter() {}

    /** The first cluster of an image, as it is written. */
    public static ByteBuffer cluster(Header header) {
        ByteBuffer cluster = ByteBuffer.allocate(header.clusterSize());
        cluster.putInt(0, Header.MAGIC)
                .putInt(4, header.version())
                .putInt(20, header.clusterBits())
                .putLong(Header.SIZE_AT, header.size())
                .putInt(36, header.l1Size())
                .putLong(40, header.l1TableOffset())
                .putLong(Header.REFCOUNT_TABLE_AT, header.refcountTableOffset())
                .putInt(56, header.refcountTableClusters())
                .putInt(60, header.snapshotCount())
                .putLong(64, header.snapshotsOffset());
        if (header.version() == 3) {
            cluster.putLong(Header.INCOMPATIBLE_AT, header.incompatibleFeatures())
                    .putLong(80, header.compatibleFeatures())
                    .putLong(Header.AUTOCLEAR_AT, header.autoclearFeatures())
                    .putInt(96, header.refcountOrder())
                    .putInt(100, header.headerLength());
            if (header.headerLength() > Header.LENGTH_V3) {
                cluster.put(104, (byte) header.compressionType());
            }
        }
        cluster.position(header.headerLength());
        extensions(header, cluster);
        return cluster.clear();
    }

    private static void extensions(Header header, ByteBuffer cluster) {
        String format = header.backingFormat();
        if (format != null) {
            extension(cluster, Header.BACKING_FORMAT, format.getBytes(StandardCharsets.UTF_8));
        }
        Header.BitmapsExtension bitmaps = header.bitmaps();
        if (bitmaps != null) {
            byte[] data = new byte[24];
            ByteBuffer.wrap(data)
                    .putInt(bitmaps.count())
                    .putInt(0)
                    .putLong(bitmaps.directorySize())
                    .putLong(bitmaps.directoryOffset());
            extension(cluster, Header.BITMAPS_EXTENSION, data);
        }
        for (Header.Extension other : header.others()) {
            byte[] data = new byte[other.data().size()];
            for (int i = 0; i < data.length; i++) {
                data[i] = other.data().get(i);
            }
            extension(cluster, other.type(), data);
        }
        cluster.putLong(0);
        String backing = header.backingFile();
        if (backing != null) {
            byte[] name = backing.getBytes(StandardCharsets.UTF_8);
            cluster.putLong(8, cluster.position()).putInt(16, name.length).put(name);
        }
    }

    private static void extension(ByteBuffer cluster, int type, byte[] data) {
        cluster.putInt(type).putInt(data.length).put(data);
        cluster.position((cluster.position() + 7) & -8);
    }
}
