package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.RawDevice;
import org.vinestock.dataplane.engine.medium.FileMedium;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.OpenOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;
import org.vinestock.dataplane.engine.qcow2.format.BitmapEntry;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.HeaderReader;
import org.vinestock.dataplane.engine.qcow2.format.ImageRefusedException;
import org.vinestock.dataplane.engine.qcow2.format.Snapshot;

/** What images are, and how they are opened, within the memory of the process. */
final class Formats {
    /** What the map of a chain may take; with {@link Disks#MOST} of them half of the heap. */
    static final long MAP_BYTES = 1 << 20;

    private static final int LONGEST_CHAIN = 200;

    /** How files of formats begin that are not known here, lest they are taken for raw. */
    private static final Map<String, String> OTHERS = Map.of(
            "KDMV", "vmdk", "# Disk DescriptorFile", "vmdk", "vhdxfile", "vhdx", "conectix", "vpc", "<<< ", "vdi");

    private Formats() {}

    /** An image of a chain. */
    record Described(
            Path file,
            String format,
            long size,
            long allocated,
            @Nullable Header header,
            List<String> snapshots,
            List<String> bitmaps,
            @Nullable Path backing) {
        Map<String, @Nullable Object> fields() {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("file", file.toString());
            fields.put("format", format);
            fields.put("size", size);
            fields.put("allocated", allocated);
            fields.put("clusterSize", header == null ? 0L : (long) header.clusterSize());
            fields.put("version", header == null ? 0L : (long) header.version());
            fields.put("backing", backing == null ? null : backing.toString());
            fields.put("backingFormat", header == null ? null : header.backingFormat());
            fields.put("dirty", header != null && header.dirty());
            fields.put("snapshots", snapshots);
            fields.put("bitmaps", bitmaps);
            return fields;
        }
    }

    static RefusedException bad(Path file, Exception e) {
        String why = e instanceof java.nio.file.NoSuchFileException
                ? "there is no such file"
                : e instanceof java.nio.file.AccessDeniedException ? "it may not be opened" : e.getMessage();
        return new RefusedException("CANNOT_OPEN", file + ": " + why);
    }

    /** {@code format} as it is, or what the file seems to be if it is empty. */
    static String format(Path file, String format) throws RefusedException {
        if (!format.isEmpty()) {
            if (!format.equals("raw") && !format.equals("qcow2")) {
                throw new RefusedException("INVALID", "format " + format + " is not known here; accepted: raw, qcow2");
            }
            return format;
        }
        try (Medium medium = FileMedium.open(file, false)) {
            if (HeaderReader.begins(medium)) {
                return "qcow2";
            }
            ByteBuffer start = ByteBuffer.allocate(64);
            medium.read(0, start);
            String text = new String(start.array(), StandardCharsets.ISO_8859_1);
            for (Map.Entry<String, String> other : OTHERS.entrySet()) {
                if (text.startsWith(other.getKey())) {
                    throw new RefusedException(
                            "CANNOT_OPEN",
                            file + " seems to be " + other.getValue()
                                    + "; accepted: raw, qcow2; say raw if it is a disk all the same");
                }
            }
            return "raw";
        } catch (IOException e) {
            throw bad(file, e);
        }
    }

    static Described describe(Path file, String asked) throws RefusedException {
        if (Files.isDirectory(file)) {
            throw new RefusedException("CANNOT_OPEN", file + " is a folder");
        }
        String format = format(file, asked);
        try (Medium medium = FileMedium.open(file, false)) {
            if (format.equals("raw")) {
                return new Described(file, format, medium.size(), allocated(medium), null, List.of(), List.of(), null);
            }
            Header header = HeaderReader.read(medium);
            List<String> snapshots =
                    Snapshot.read(medium, header).stream().map(Snapshot::name).toList();
            List<String> bitmaps = header.bitmaps() == null
                    ? List.of()
                    : BitmapEntry.read(medium, header).stream()
                            .map(BitmapEntry::name)
                            .toList();
            return new Described(
                    file, format, header.size(), allocated(medium), header, snapshots, bitmaps, backing(file, header));
        } catch (IOException e) {
            throw bad(file, e);
        }
    }

    private static @Nullable Path backing(Path file, Header header) throws RefusedException {
        String name = header.backingFile();
        if (name == null || name.isEmpty()) {
            return null;
        }
        String path = name.startsWith("file:") ? name.substring("file:".length()) : name;
        try {
            return file.toAbsolutePath().resolveSibling(path).normalize();
        } catch (java.nio.file.InvalidPathException e) {
            throw bad(file, e);
        }
    }

    private static long allocated(Medium medium) throws IOException {
        long sum = 0;
        long end = medium.size();
        for (long at = medium.nextData(0); at < end; ) {
            long hole = Math.max(at + 1, Math.min(medium.nextHole(at), end));
            sum += hole - at;
            at = hole < end ? medium.nextData(hole) : end;
        }
        return sum;
    }

    /** An image and all that it is backed by. */
    static List<Described> chain(Path file, String format) throws RefusedException {
        List<Described> chain = new ArrayList<>();
        Path next = file;
        String asked = format;
        while (next != null) {
            if (chain.size() >= LONGEST_CHAIN) {
                throw new RefusedException(
                        "CANNOT_OPEN", file + ": its chain is longer than " + LONGEST_CHAIN + " images, or a loop");
            }
            Described described = describe(next, asked);
            chain.add(described);
            next = described.backing;
            Header header = described.header;
            String said = header == null ? null : header.backingFormat();
            if (next != null && said == null) {
                throw new RefusedException(
                        "CANNOT_OPEN",
                        described.file + " does not say of which format " + next + " is; a guest that wrote there could"
                                + " have chosen it. Set it (qemu-img rebase -u -F)");
            }
            asked = said == null ? "" : said;
        }
        return chain;
    }

    /** Opens an image; it closes its medium and those beneath with itself. */
    static BlockDevice open(Path file, String format, boolean writable, IoThreads threads) throws RefusedException {
        try {
            return format.equals("raw")
                    ? new RawDevice(FileMedium.open(file, writable), threads)
                    : Qcow2.open(file, new OpenOptions(writable, false, null, MAP_BYTES), threads);
        } catch (ImageRefusedException e) {
            throw new RefusedException("CANNOT_OPEN", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw bad(file, e);
        }
    }
}
