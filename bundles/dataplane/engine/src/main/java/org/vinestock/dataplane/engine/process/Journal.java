package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * All that the process has to remember, in one file: who gave orders last, and what is served. Each change writes it anew
 * beside and moves it there when it is on the disk, so it is whole at any moment; the first line is its checksum.
 */
final class Journal {
    private final Path file;

    /**
     * @param epoch the newest that gave orders
     * @param holder who showed it
     */
    record Content(long epoch, String holder, List<DiskSpec> disks) {
        static final Content EMPTY = new Content(0, "", List.of());

        Content {
            disks = List.copyOf(disks);
        }
    }

    Journal(Path file) {
        this.file = file;
    }

    /** What was written last; nothing if there is no file. */
    Content read() throws IOException {
        if (!Files.exists(file)) {
            return Content.EMPTY;
        }
        String all = Files.readString(file);
        int line = all.indexOf('\n');
        if (line < 0 || !all.substring(0, line).equals(checksum(all.substring(line + 1)))) {
            throw new IOException(file + " is damaged: its checksum is not that of its content");
        }
        try {
            Message content = new Message(Json.object(all.substring(line + 1)));
            List<DiskSpec> disks = new ArrayList<>();
            if (content.fields().get("disks") instanceof List<?> list) {
                for (Object disk : list) {
                    @SuppressWarnings("unchecked") // the checksum says that we wrote it
                    Map<String, @Nullable Object> fields = (Map<String, @Nullable Object>) disk;
                    disks.add(DiskSpec.of(new Message(fields)));
                }
            }
            return new Content(content.number("epoch"), content.text("holder"), disks);
        } catch (Json.MalformedException | RefusedException e) {
            throw new IOException(file + " is of another version: " + e.getMessage(), e);
        }
    }

    /** Returns when it is durable. */
    void write(Content content) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("epoch", content.epoch);
        fields.put("holder", content.holder);
        fields.put("disks", content.disks.stream().map(DiskSpec::fields).toList());
        String text = Json.write(fields) + "\n";
        byte[] bytes = (checksum(text) + "\n" + text).getBytes(StandardCharsets.UTF_8);
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true);
        }
    }

    private static String checksum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", sum.getValue());
    }
}
