package org.vinestock.store.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Reads a backup and trusts nothing of it. One thread. */
final class BackupReader implements AutoCloseable {
    private final Path file;
    private final ZipFile zip;
    private final BackupFile.About about;

    /**
     * Opens one.
     *
     * @param schema the number of the newest migration that this program knows
     * @throws IOException saying in words why it cannot be restored
     */
    BackupReader(Path file, int schema) throws IOException {
        this.file = file;
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        try {
            zip = new ZipFile(file.toFile());
        } catch (IOException e) {
            throw new IOException(file + " is damaged, or is no backup: " + e.getMessage(), e);
        }
        try {
            String text = read(BackupFile.ABOUT);
            about = BackupFile.About.parse(text)
                    .orElseThrow(() -> new IOException(file + " is damaged: " + BackupFile.ABOUT + " says " + text));
            if (about.format() > BackupFile.FORMAT || about.schema() > schema) {
                throw new IOException(file + " was made by a newer version of Vinestock, " + about.version()
                        + " (format " + about.format() + ", schema " + about.schema() + "; this one knows format "
                        + BackupFile.FORMAT + ", schema " + schema + "); restore it with that version");
            }
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    BackupFile.About about() {
        return about;
    }

    private String read(String name) throws IOException {
        @Nullable ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(file + " is no backup, or damaged: it has no " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (ZipException | EOFException | RuntimeException e) {
            throw damaged(name, e);
        }
    }

    private IOException damaged(String name, Exception e) {
        return new IOException(file + " is damaged: " + name + ": " + e.getMessage(), e);
    }

    /**
     * Unpacks everything into an empty folder, and compares it with the checksums.
     *
     * @return how many files there were
     * @throws IOException if anything is missing, changed, or where it does not belong
     */
    int unpack(Path folder) throws IOException {
        Map<String, String> wanted = new TreeMap<>();
        for (String line : read(BackupFile.CHECKSUMS).lines().toList()) {
            if (line.length() > 66) {
                wanted.put(line.substring(66), line.substring(0, 64));
            }
        }
        Path root = folder.toAbsolutePath().normalize();
        int files = 0;
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            if (name.equals(BackupFile.CHECKSUMS)) {
                continue;
            }
            Path target = root.resolve(name).normalize();
            boolean inside = target.startsWith(root)
                    && (name.equals(BackupFile.ABOUT)
                            || BackupFile.FOLDERS.stream().anyMatch(each -> target.startsWith(root.resolve(each))));
            if (!inside) {
                throw new IOException(file + " is no backup: it has " + name);
            }
            if (!write(entry, target).equals(wanted.remove(name))) {
                throw new IOException(file + " is damaged: " + name + " does not match its checksum");
            }
            files++;
        }
        if (!wanted.isEmpty()) {
            throw new IOException(
                    file + " is damaged: " + wanted.keySet().iterator().next() + " is missing");
        }
        return files - 1;
    }

    private String write(ZipEntry entry, Path target) throws IOException {
        MessageDigest digest = BackupFile.sha256();
        Files.createDirectories(target.getParent());
        try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest);
                OutputStream out = Files.newOutputStream(target)) {
            in.transferTo(out);
        } catch (ZipException | EOFException e) {
            throw damaged(entry.getName(), e);
        }
        return BackupFile.hex(digest);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
