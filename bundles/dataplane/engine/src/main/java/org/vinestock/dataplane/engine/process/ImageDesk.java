package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.Status;
import org.vinestock.dataplane.engine.image.Images;
import org.vinestock.dataplane.engine.medium.FileMedium;
import org.vinestock.dataplane.engine.qcow2.CheckReport;
import org.vinestock.dataplane.engine.qcow2.CreateOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;
import org.vinestock.dataplane.engine.qcow2.Qcow2Device;

/**
 * Work on whole images, on the thread of whoever asks: the requests {@code image.*} of {@link Session}. What is made is there
 * whole or not at all; what somebody serves or changes meanwhile is refused.
 */
final class ImageDesk {
    private static final int WRITTEN_AT_MOST = 512 << 10;
    private static final int EXTENTS_AT_MOST = 4096;
    private static final long PIECE = 64L << 20;
    private static final int FINDINGS = 100;

    private final Uses uses;
    private final Parts parts;
    private final IoThreads threads;

    ImageDesk(Uses uses, Parts parts, IoThreads threads) {
        this.uses = uses;
        this.parts = parts;
        this.threads = threads;
    }

    /** Writes a new image under the name that it is given. */
    private interface Making {
        void make(Path part) throws IOException, RefusedException;
    }

    @Nullable
    Object carryOut(String request, Message message, Work work) throws IOException, RefusedException {
        return switch (request) {
            case "image.info" ->
                Formats.describe(message.path("file"), message.text("format")).fields();
            case "image.chain" ->
                Formats.chain(message.path("file"), message.text("format")).stream()
                        .map(Formats.Described::fields)
                        .toList();
            case "image.create" -> create(message);
            case "image.write" -> write(message);
            case "image.overlay" -> overlay(message);
            case "image.copy" -> copy(message, work);
            case "image.compare" -> compare(message, work);
            case "image.check" -> check(message);
            case "image.map" -> map(message);
            case "image.resize" -> resize(message);
            case "image.delete" -> delete(message.path("file"));
            default -> throw new RefusedException("UNKNOWN_REQUEST", "'" + request + "' is not known here");
        };
    }

    private Map<String, @Nullable Object> made(Path file, String format, Making making)
            throws IOException, RefusedException {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new RefusedException("CANNOT_OPEN", "there is no folder " + folder);
        }
        Path part = parts.begin(file);
        try {
            making.make(part);
            parts.finish(part, file);
        } finally {
            parts.end(part);
        }
        return Formats.describe(file, format).fields();
    }

    private static void empty(Path part, String format, boolean zstd, long size) throws IOException, RefusedException {
        if (size < 0) {
            throw new RefusedException("INVALID", "size " + size + "; accepted: 0 or more");
        }
        if (format.equals("raw")) {
            try (FileMedium medium = FileMedium.create(part)) {
                medium.resize(size);
                medium.force();
            }
        } else {
            CreateOptions options = CreateOptions.of(size).withZstd(zstd);
            try (IoThreads none = new IoThreads("vinestock-block-make", 1)) {
                Qcow2.create(part, options, none);
            }
            force(part);
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private Map<String, @Nullable Object> create(Message message) throws IOException, RefusedException {
        String format = Formats.format(message.path("file"), known(message, "format"));
        long size = message.number("size");
        return made(message.path("file"), format, part -> empty(part, format, false, size));
    }

    private static String known(Message message, String field) throws RefusedException {
        String format = message.text(field);
        if (format.isEmpty()) {
            throw new RefusedException("INVALID", field + " is missing; accepted: raw, qcow2");
        }
        return format;
    }

    private Map<String, @Nullable Object> write(Message message) throws IOException, RefusedException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(message.text("content"));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("INVALID", "content is not base64");
        }
        if (bytes.length > WRITTEN_AT_MOST) {
            throw new RefusedException(
                    "INVALID", "content has " + bytes.length + " bytes; accepted: " + WRITTEN_AT_MOST + " at most");
        }
        return made(message.path("file"), "raw", part -> {
            try (FileMedium medium = FileMedium.create(part)) {
                medium.write(0, ByteBuffer.wrap(bytes));
                medium.force();
            }
        });
    }

    private Map<String, @Nullable Object> overlay(Message message) throws IOException, RefusedException {
        Path file = message.path("file");
        Path backing = message.path("backing");
        String format = Formats.format(backing, known(message, "backingFormat"));
        try (Uses.Held held = uses.by("an overlay of it is being made")) {
            long size = 0;
            for (Formats.Described each : Formats.chain(backing, format)) {
                held.reading(each.file());
                size = each.file().equals(backing) ? each.size() : size;
            }
            long wanted = message.number("size") < 0 ? size : message.number("size");
            if (wanted < size) {
                throw new RefusedException(
                        "INVALID", "size " + wanted + "; accepted: " + size + ", which " + backing + " has, or more");
            }
            CreateOptions options = CreateOptions.of(wanted).backedBy(backing.toString(), format);
            return made(file, "qcow2", part -> {
                Qcow2.create(part, options, threads);
                force(part);
            });
        }
    }

    private Map<String, @Nullable Object> copy(Message message, Work work) throws IOException, RefusedException {
        Path from = message.path("from");
        Path to = message.path("to");
        String fromFormat = Formats.format(from, message.text("fromFormat"));
        String format = Formats.format(to, known(message, "format"));
        String compression = message.text("compression");
        boolean packed = !compression.equals("none");
        if (packed && !(format.equals("qcow2") && (compression.equals("zlib") || compression.equals("zstd")))) {
            throw new RefusedException(
                    "INVALID",
                    "compression " + compression + " of " + format + "; accepted: none, or zlib or zstd of qcow2");
        }
        try (Uses.Held held = uses.by("it is being copied to " + to)) {
            for (Formats.Described each : Formats.chain(from, fromFormat)) {
                held.reading(each.file());
            }
            return made(to, format, part -> {
                try (BlockDevice source = Formats.open(from, fromFormat, false, threads)) {
                    empty(part, format, compression.equals("zstd"), source.size());
                    try (BlockDevice target = Formats.open(part, format, true, threads)) {
                        boolean whole = (packed && target instanceof Qcow2Device image)
                                ? Images.copyCompressed(source, image, work)
                                : Images.copy(source, target, work);
                        if (!whole) {
                            throw new RefusedException("CANCELLED", "it was cancelled");
                        }
                    }
                }
                force(part);
                work.refuseIfCancelled();
            });
        }
    }

    private Object compare(Message message, Work work) throws IOException, RefusedException {
        Path one = message.path("one");
        Path other = message.path("other");
        String oneFormat = Formats.format(one, message.text("oneFormat"));
        String otherFormat = Formats.format(other, message.text("otherFormat"));
        try (Uses.Held held = uses.by("it is being compared")) {
            for (Formats.Described each : Formats.chain(one, oneFormat)) {
                held.reading(each.file());
            }
            for (Formats.Described each : Formats.chain(other, otherFormat)) {
                held.reading(each.file());
            }
            try (BlockDevice left = Formats.open(one, oneFormat, false, threads);
                    BlockDevice right = Formats.open(other, otherFormat, false, threads)) {
                BlockDevice longer = left.size() < right.size() ? right : left;
                BlockDevice watched = new WatchedDevice(longer, work);
                return Images.mismatch(longer.equals(left) ? watched : left, longer.equals(left) ? right : watched);
            } catch (IOException e) {
                work.refuseIfCancelled();
                throw e;
            }
        }
    }

    private Map<String, @Nullable Object> check(Message message) throws IOException, RefusedException {
        Path file = message.path("file");
        String format = Formats.format(file, known(message, "format"));
        boolean repair = message.truth("repair");
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        try (Uses.Held held = uses.by("it is being checked")) {
            if (repair) {
                held.changing(file);
            } else {
                held.reading(file);
            }
            if (format.equals("raw")) {
                Formats.describe(file, format);
                fields.put("leaks", 0L);
                fields.put("corruptions", 0L);
                fields.put("repaired", 0L);
                fields.put("findings", List.of());
                return fields;
            }
            CheckReport before = Qcow2.check(file, false);
            CheckReport last = before;
            if (repair && !before.clean()) {
                Qcow2.check(file, true);
                last = Qcow2.check(file, false);
            }
            fields.put("leaks", last.leaks());
            fields.put("corruptions", last.corruptions());
            fields.put("repaired", before.leaks() + before.corruptions() - last.leaks() - last.corruptions());
            List<String> findings = before.findings();
            fields.put("findings", findings.subList(0, Math.min(FINDINGS, findings.size())));
            return fields;
        } catch (org.vinestock.dataplane.engine.qcow2.format.ImageRefusedException e) {
            throw new RefusedException("CANNOT_OPEN", String.valueOf(e.getMessage()));
        }
    }

    private List<@Nullable Object> map(Message message) throws IOException, RefusedException {
        Path file = message.path("file");
        String format = Formats.format(file, known(message, "format"));
        long from = message.number("from");
        long most = Math.min(EXTENTS_AT_MOST, message.number("atMost"));
        try (Uses.Held held = uses.by("its map is being read")) {
            for (Formats.Described each : Formats.chain(file, format)) {
                held.reading(each.file());
            }
            try (BlockDevice device = Formats.open(file, format, false, threads)) {
                ExtentMap map = new ExtentMap(Math.max(0, from), device.size(), most);
                while (!map.isFull()) {
                    long at = map.end();
                    wait("map", done -> device.extents(at, Math.min(device.size() - at, PIECE), map, done));
                }
                return map.fields();
            }
        }
    }

    private Map<String, @Nullable Object> resize(Message message) throws IOException, RefusedException {
        Path file = message.path("file");
        String format = Formats.format(file, known(message, "format"));
        long size = message.number("size");
        try (Uses.Held held = uses.by("its size is being changed")) {
            held.changing(file);
            List<Formats.Described> chain = Formats.chain(file, format);
            for (Formats.Described each : chain.subList(1, chain.size())) {
                held.reading(each.file());
            }
            long before = chain.get(0).size();
            if (size < before && !message.truth("shrink")) {
                throw new RefusedException(
                        "INVALID", "size " + size + " is less than " + before + "; say that it may shrink");
            }
            if (size != before) {
                try (BlockDevice device = Formats.open(file, format, true, threads)) {
                    wait("resize", done -> device.resize(size, done));
                }
                force(file);
            }
        }
        return Formats.describe(file, format).fields();
    }

    private Object delete(Path file) throws IOException, RefusedException {
        try (Uses.Held held = uses.by("it is being deleted")) {
            held.changing(file);
            if (Files.isDirectory(file)) {
                throw new RefusedException("CANNOT_OPEN", file + " is a folder");
            }
            if (Files.deleteIfExists(file)) {
                Parts.forceFolder(file);
            }
        }
        return true;
    }

    private interface Asked {
        void ask(org.vinestock.dataplane.engine.block.Completion done);
    }

    private static void wait(String what, Asked asked) throws IOException, RefusedException {
        CountDownLatch ended = new CountDownLatch(1);
        AtomicReference<Status> answer = new AtomicReference<>(Status.IO_ERROR);
        asked.ask(status -> {
            answer.set(status);
            ended.countDown();
        });
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Status status = answer.get();
        if (status == Status.NOT_SUPPORTED) {
            throw new RefusedException(
                    "INVALID", what + " is not possible with this image: see its snapshots and bitmaps");
        } else if (status == Status.NO_SPACE) {
            throw new RefusedException("NO_ROOM", "there is no room for it");
        } else if (status != Status.OK) {
            throw new IOException(what + ": " + status);
        }
    }
}
