package org.vinestock.dataplane.engine.qcow2;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Makes compressed clusters, as the image says. One thread at a time.
 *
 * <p>Whoever reads clusters of zlib may look back no further than 4 KiB, and the JDK's {@link Deflater} cannot be told so:
 * it is made to forget all after each 4 KiB. That costs some room; zstd has no such limit.
 */
final class Packer implements AutoCloseable {
    private static final int WINDOW = 4096;
    private static final int ZSTD_LEVEL = 1;

    private final ByteBuffer packed;
    private final @Nullable ZstdCompressCtx zstd;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

    Packer(int clusterBits, boolean zstd) {
        // What fills a cluster is not worth it.
        this.packed = ByteBuffer.allocateDirect((1 << clusterBits) - 1);
        this.zstd = zstd ? new ZstdCompressCtx().setLevel(ZSTD_LEVEL) : null;
    }

    /** The cluster compressed, valid until the next call; null if it takes as much room as before. */
    @Nullable
    ByteBuffer pack(ByteBuffer cluster) {
        packed.clear();
        ByteBuffer content = cluster.duplicate();
        return (zstd == null ? deflate(content) : pack(content, zstd)) ? packed.flip() : null;
    }

    private boolean pack(ByteBuffer content, ZstdCompressCtx context) {
        context.reset();
        return context.compressDirectByteBufferStream(packed, content, EndDirective.END);
    }

    private boolean deflate(ByteBuffer content) {
        deflater.reset();
        int end = content.limit();
        while (content.position() < end) {
            content.limit(Math.min(end, content.position() + WINDOW));
            deflater.setInput(content);
            boolean last = content.limit() == end;
            if (last) {
                deflater.finish();
            }
            int written;
            do {
                written = deflater.deflate(packed, last ? Deflater.NO_FLUSH : Deflater.FULL_FLUSH);
            } while (written > 0 && packed.hasRemaining() && !deflater.finished());
            if (last ? !deflater.finished() : !packed.hasRemaining()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        deflater.end();
        if (zstd != null) {
            zstd.close();
        }
    }
}
