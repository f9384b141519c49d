package org.vinestock.dataplane.engine.qcow2.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.vinestock.dataplane.engine.medium.Medium;

/**
 * A snapshot inside of an image.
 *
 * @param diskSize bytes of the disk at that time
 * @param vmStateSize bytes of the VM's state that lie after the disk, or 0
 */
public record Snapshot(
        String id, String name, Instant taken, long l1TableOffset, int l1Size, long diskSize, long vmStateSize) {

    private static final int FIXED = 40;
    private static final int MOST_EXTRA = 1024;

    /** Reads an image's table of snapshots. */
    public static List<Snapshot> read(Medium medium, Header header) throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        long at = header.snapshotsOffset();
        for (int i = 0; i < header.snapshotCount(); i++) {
            ByteBuffer fixed = ByteBuffer.allocate(FIXED);
            medium.read(at, fixed);
            int idLength = fixed.getShort(12) & 0xffff;
            int nameLength = fixed.getShort(14) & 0xffff;
            int extra = fixed.getInt(36);
            if (extra < 0 || extra > MOST_EXTRA || at > medium.size() - FIXED) {
                throw new ImageRefusedException(
                        medium.name(),
                        "snapshot table",
                        String.format("entry %d at %d has %d bytes of extra data, or is over the end", i, at, extra));
            }
            ByteBuffer rest = ByteBuffer.allocate(extra + idLength + nameLength);
            medium.read(at + FIXED, rest);
            Snapshot snapshot = new Snapshot(
                    text(rest, extra, idLength),
                    text(rest, extra + idLength, nameLength),
                    Instant.ofEpochSecond(fixed.getInt(16) & 0xffffffffL, fixed.getInt(20) & 0xffffffffL),
                    fixed.getLong(0),
                    fixed.getInt(8),
                    extra >= 16 ? rest.getLong(8) : header.size(),
                    extra >= 8 ? rest.getLong(0) : fixed.getInt(32) & 0xffffffffL);
            snapshot.check(medium, header, i);
            snapshots.add(snapshot);
            at += ((long) FIXED + rest.capacity() + 7) & -8;
        }
        return snapshots;
    }

    /** Bytes of the table that holds these. */
    public static long tableLength(Medium medium, Header header) throws IOException {
        long at = header.snapshotsOffset();
        for (int i = 0; i < header.snapshotCount(); i++) {
            ByteBuffer fixed = ByteBuffer.allocate(FIXED);
            medium.read(at, fixed);
            long length = (fixed.getInt(36) & 0xffffffffL)
                    + FIXED
                    + (fixed.getShort(12) & 0xffff)
                    + (fixed.getShort(14) & 0xffff);
            at += (length + 7) & -8;
        }
        return at - header.snapshotsOffset();
    }

    private void check(Medium medium, Header header, int index) throws IOException {
        long bytes = (l1Size & 0xffffffffL) * Long.BYTES;
        boolean fits = l1Size >= 0
                && bytes <= Header.MOST_L1_BYTES
                && l1TableOffset >= header.clusterSize()
                && l1TableOffset % header.clusterSize() == 0
                && bytes <= medium.size() + header.clusterSize() - l1TableOffset
                && diskSize >= 0
                && header.l1EntriesFor(diskSize) <= l1Size;
        if (!fits) {
            throw new ImageRefusedException(
                    medium.name(),
                    "snapshot table",
                    String.format(
                            "entry %d: an L1 table of %d entries at %d for a disk of %d bytes",
                            index, l1Size & 0xffffffffL, l1TableOffset, diskSize));
        }
    }

    private static String text(ByteBuffer from, int at, int length) {
        byte[] bytes = new byte[length];
        from.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
