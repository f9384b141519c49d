package org.vinestock.store.sql;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VinestockException;
import org.vinestock.store.snapshot.SiteSnapshot;
import org.vinestock.store.write.StoreError;

/**
 * The parts of a checkpoint: compressed lines with fields between tabs, either {@code host ID}, in the order of row
 * numbers and before all else, or {@code row KIND OBJECT-KIND OBJECT CHANGED-AT JSON}. JSON has no tab and no line end.
 */
final class CheckpointFormat {
    private static final int PART = 4 << 20;

    private final RowCodec codec;

    CheckpointFormat(RowCodec codec) {
        this.codec = codec;
    }

    /** Takes in a part. */
    @FunctionalInterface
    interface Parts {
        /** {@code number} is from 0. */
        void part(int number, byte[] body) throws SQLException;
    }

    /** Writes a site and returns how many parts it took. */
    int write(SiteSnapshot site, Parts parts) throws SQLException {
        PartWriter out = new PartWriter(parts);
        for (int row = 0; row < site.hosts().end(); row++) {
            out.line("host\t" + site.hosts().id(row).value());
        }
        SQLException[] failure = new SQLException[1];
        site.rows((kind, objectKind, value, row, changedAt) -> {
            if (failure[0] == null) {
                try {
                    out.line("row\t" + kind.name() + '\t' + objectKind + '\t' + value + '\t' + changedAt + '\t'
                            + codec.write(row));
                } catch (SQLException e) {
                    failure[0] = e;
                }
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
        return out.end();
    }

    private static final class PartWriter {
        private final Parts parts;
        private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Writer text = open(bytes);
        private int written;
        private int number;

        PartWriter(Parts parts) {
            this.parts = parts;
        }

        private static Writer open(ByteArrayOutputStream bytes) {
            try {
                return new OutputStreamWriter(new GZIPOutputStream(bytes, 1 << 14), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void line(String line) throws SQLException {
            try {
                text.write(line);
                text.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            written += line.length() + 1;
            if (written >= PART) {
                end();
            }
        }

        int end() throws SQLException {
            if (written > 0) {
                try {
                    text.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                parts.part(number++, bytes.toByteArray());
                bytes = new ByteArrayOutputStream();
                text = open(bytes);
                written = 0;
            }
            return number;
        }
    }

    /**
     * Reads a part.
     *
     * @throws VinestockException {@code STORE_UNREADABLE} if it is damaged
     */
    void read(byte[] body, Kinds kinds, SiteSnapshot.Restored site) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(body), 1 << 14), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t", 6);
                if (fields.length == 2) {
                    site.host(new HostId(fields[1]));
                } else {
                    put(kinds.named(fields[1]), fields, site);
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new VinestockException(StoreError.STORE_UNREADABLE, "a checkpoint is damaged: " + e.getMessage(), e);
        }
    }

    private <T extends Record> void put(Kind<T> kind, String[] fields, SiteSnapshot.Restored site) {
        T row = codec.read(kind, fields[5]);
        site.row(kind, new StoredId(fields[2], fields[3]), row, Long.parseLong(fields[4]));
    }
}
