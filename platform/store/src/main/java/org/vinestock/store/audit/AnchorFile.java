package org.vinestock.store.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An anchor in a small file: {@code NUMBER HASH}. It is written anew beside the former one and put in its place in one
 * step, so that there is always a whole one.
 */
public final class AnchorFile implements Anchorage {
    private static final Pattern LINE = Pattern.compile("(\\d{1,18}) ([0-9a-f]{64})\n");

    private final Path file;

    /** Makes one; the file is made by the first {@link #write}. */
    public AnchorFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public Optional<Anchor> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(Files.readString(file));
        if (!line.matches()) {
            throw new IOException(file + " is not an anchor; accepted: a number, a blank and 64 hexadecimal digits");
        }
        return Optional.of(new Anchor(Long.parseLong(line.group(1)), line.group(2)));
    }

    @Override
    public void write(Anchor anchor) throws IOException {
        Files.createDirectories(file.getParent());
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        ByteBuffer line =
                ByteBuffer.wrap((anchor.number() + " " + anchor.hash() + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel written = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (line.hasRemaining()) {
                written.write(line);
            }
            written.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String shown() {
        return file.toString();
    }
}
