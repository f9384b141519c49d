package org.vinestock.kernel.strategies;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.view.Codec;

/**
 * Lines kept in a journal, so that whoever leads on the same database finds them. Lines that are given together are durable
 * together, and with what the audit is told of them. Any thread, never blocks.
 */
public final class JournalStates {
    /** The journal's stream; a line's key is its {@code what} and its key. */
    public static final String STREAM = "state";

    private static final int LONGEST_KEY = 200;

    private final Journal journal;
    private final Codec codec;

    /** Makes one. */
    public JournalStates(Journal journal, Codec codec) {
        this.journal = journal;
        this.codec = codec;
    }

    /** Reads what was kept. */
    public List<Kept> read(List<Line> lines) {
        return lines.stream().map(line -> codec.read(line.text(), Kept.class)).toList();
    }

    /** Keeps lines; completes when they are durable. */
    public CompletionStage<?> keep(List<Kept> lines) {
        List<Entry> entries = new ArrayList<>();
        for (Kept line : lines) {
            String key = key(line);
            entries.add(
                    line.value().isEmpty()
                            ? new Entry.Forget(STREAM, key)
                            : new Entry.Replace(STREAM, key, codec.write(line)));
            line.deed().ifPresent(deed -> entries.add(new Entry.Tell(deed)));
        }
        return journal.write(entries);
    }

    private static String key(Kept line) {
        String key = line.what() + "/" + line.key();
        return key.length() <= LONGEST_KEY ? key : line.what() + "/" + digest(line.key());
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
