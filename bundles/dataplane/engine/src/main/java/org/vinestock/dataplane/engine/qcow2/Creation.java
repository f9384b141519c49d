package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.HeaderWriter;

/** Lays out new images: header, refcount table, its first blocks, L1 table. */
final class Creation {
    private Creation() {}

    /** Writes an image into a medium that is empty. */
    static void write(Medium medium, CreateOptions options) throws IOException {
        int order = Integer.numberOfTrailingZeros(options.refcountBits());
        Header sketch = header(options, order, 0, 0, 1);
        long entries = sketch.l1EntriesFor(options.size());
        if (entries * Long.BYTES > Header.MOST_L1_BYTES) {
            throw new IllegalArgumentException(
                    "clusters of " + sketch.clusterSize() + " bytes are too small for " + options.size());
        }
        long l1Clusters = Math.max(1, (entries * Long.BYTES + sketch.clusterSize() - 1) >>> options.clusterBits());
        long perBlock = ((long) sketch.clusterSize() * 8) >>> order;
        long tableClusters = tableClusters(options, sketch, perBlock);
        long blocks = 1;
        while (blocks * perBlock < 1 + tableClusters + blocks + l1Clusters) {
            blocks++;
        }
        long l1At = (1 + tableClusters + blocks) << options.clusterBits();
        Header header = header(options, order, (int) entries, l1At, (int) tableClusters);
        medium.resize(l1At + (l1Clusters << options.clusterBits()));
        ByteBuffer table = ByteBuffer.allocate((int) blocks * Long.BYTES);
        for (long i = 0; i < blocks; i++) {
            table.putLong((1 + tableClusters + i) << options.clusterBits());
        }
        medium.write(header.refcountTableOffset(), table.flip());
        medium.write(0, HeaderWriter.cluster(header));
        new Refcounts(medium, header).set(0, 1 + tableClusters + blocks + l1Clusters, 1);
        medium.force();
    }

    /** Enough for the disk to be filled, so that the table need not move. */
    private static long tableClusters(CreateOptions options, Header sketch, long perBlock) {
        long clusters = (options.size() >>> options.clusterBits()) + 1;
        long blocks = clusters / perBlock + clusters / perBlock / 16 + 2;
        long table = (blocks * Long.BYTES + sketch.clusterSize() - 1) >>> options.clusterBits();
        return Math.max(1, Math.min(table, (Header.MOST_REFCOUNT_TABLE_BYTES / 2) >>> options.clusterBits()));
    }

    private static Header header(CreateOptions options, int order, int l1Size, long l1At, int tableClusters) {
        boolean v3 = options.version() == 3;
        return new Header(
                options.version(),
                options.clusterBits(),
                options.size(),
                l1Size,
                l1At,
                1L << options.clusterBits(),
                tableClusters,
                0,
                0,
                options.zstd() ? Header.COMPRESSION : 0,
                options.lazyRefcounts() ? Header.LAZY_REFCOUNTS : 0,
                0,
                order,
                v3 ? (options.zstd() ? 112 : Header.LENGTH_V3) : Header.LENGTH_V2,
                options.zstd() ? 1 : 0,
                options.backingFile(),
                options.backingFormat(),
                null,
                List.of());
    }
}
