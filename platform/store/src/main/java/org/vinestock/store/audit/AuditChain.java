package org.vinestock.store.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.vinestock.audit.AuditRow;
import org.vinestock.audit.Deed;

/**
 * The rule by which rows are hashed. The hash of a row is SHA-256 over the 32 bytes of the former row's hash and the row's
 * canonical bytes: its number and its time in microseconds since 1970, eight bytes each, most significant first, then
 * {@code who}, {@code what}, {@code object} and {@code details}, each as the length of its UTF-8 in four bytes and that
 * UTF-8. Before the first row stands {@link Anchor#NONE}.
 */
public final class AuditChain {
    /** What a row is about that says that rows before it are not as they were: the store itself adds it. */
    public static final String BROKEN = "audit.broken";

    private AuditChain() {}

    /** Makes the row that follows. */
    public static AuditRow next(Anchor former, Instant now, Deed deed) {
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        AuditRow open =
                new AuditRow(former.number() + 1, at, deed.who(), deed.what(), deed.object(), deed.details(), "");
        return new AuditRow(
                open.number(), at, open.who(), open.what(), open.object(), open.details(), hash(former.hash(), open));
    }

    /** The hash that a row must have behind a row with {@code former}; that which it has does not count. */
    public static String hash(String former, AuditRow row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(HexFormat.of().parseHex(former));
            out.writeLong(row.number());
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, row.at()));
            for (String text : new String[] {row.who(), row.what(), row.object(), row.details()}) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(sha256().digest(bytes.toByteArray()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
