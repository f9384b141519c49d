package org.vinestock.dataplane.engine.qcow2;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.ImageRefusedException;
import org.vinestock.dataplane.engine.qcow2.format.L2Entry;

/** Reads compressed clusters of one image, and keeps the last few: small reads in order come to the same one. */
final class CompressedClusters {
    private static final int KEPT_BYTES = 1 << 20;
    private static final int MOST_KEPT = 8;

    private static final class Kept {
        private long entry;
        private ByteBuffer content = ByteBuffer.allocateDirect(0);
        private ByteBuffer packed = ByteBuffer.allocateDirect(0);
    }

    private final Medium medium;
    private final int clusterBits;
    private final boolean zstd;
    private final Kept[] kept;

    CompressedClusters(Medium medium, Header header) {
        this.medium = medium;
        this.clusterBits = header.clusterBits();
        this.zstd = header.zstd();
        this.kept = new Kept[Math.max(1, Math.min(MOST_KEPT, KEPT_BYTES >>> clusterBits))];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = new Kept();
        }
    }

    /** Fills {@code into} from byte {@code within} of a cluster on. */
    void read(long entry, int within, ByteBuffer into) throws IOException {
        long mixed = entry * 0x9E3779B97F4A7C15L;
        Kept slot = kept[(int) ((mixed >>> 33) % kept.length)];
        synchronized (slot) {
            if (slot.entry != entry) {
                unpack(entry, slot);
            }
            int count = into.remaining();
            into.put(into.position(), slot.content, within, count);
            into.position(into.position() + count);
        }
    }

    private void unpack(long entry, Kept slot) throws IOException {
        slot.entry = 0;
        if (slot.content.capacity() == 0) {
            slot.content = ByteBuffer.allocateDirect(1 << clusterBits);
        }
        int length = L2Entry.compressedLength(entry, clusterBits);
        if (slot.packed.capacity() < length) {
            slot.packed = ByteBuffer.allocateDirect(length);
        }
        long offset = L2Entry.compressedOffset(entry, clusterBits);
        if (offset >= medium.size()) {
            throw refused(entry, "is over the end of the file");
        }
        medium.read(offset, slot.packed.clear().limit(length));
        slot.packed.flip();
        slot.content.clear();
        boolean whole = zstd ? unzstd(slot.packed, slot.content, entry) : inflate(slot.packed, slot.content, entry);
        if (!whole) {
            throw refused(entry, "holds less than a cluster");
        }
        slot.entry = entry;
    }

    private boolean inflate(ByteBuffer packed, ByteBuffer content, long entry) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            while (content.hasRemaining() && inflater.inflate(content) > 0) {
                // until it gives no more
            }
            return !content.hasRemaining();
        } catch (DataFormatException e) {
            throw refused(entry, "cannot be inflated: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    private boolean unzstd(ByteBuffer packed, ByteBuffer content, long entry) throws IOException {
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            int before;
            do {
                before = content.remaining() + packed.remaining();
                context.decompressDirectByteBufferStream(content, packed);
            } while (content.hasRemaining() && before > content.remaining() + packed.remaining());
            return !content.hasRemaining();
        } catch (ZstdException e) {
            throw refused(entry, "cannot be unpacked: " + e.getMessage());
        }
    }

    private ImageRefusedException refused(long entry, String why) {
        return new ImageRefusedException(
                medium.name(), "compressed cluster", String.format("entry %#x %s", entry, why));
    }
}
