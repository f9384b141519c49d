package org.vinestock.store.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes one backup, beside its name until it is whole. Only the owner may read it: there are keys in it. One thread. */
final class BackupWriter implements AutoCloseable {
    private final Path target;
    private final Path beside;
    private final FileChannel channel;
    private final ZipOutputStream zip;
    private final StringBuilder checksums = new StringBuilder();
    private final List<String> names = new ArrayList<>();

    BackupWriter(Path target, BackupFile.About about) throws IOException {
        this.target = target;
        beside = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        channel = FileChannel.open(beside, StandardOpenOption.WRITE);
        zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        put(BackupFile.ABOUT, about.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a text in. */
    void put(String name, byte[] bytes) throws IOException {
        try (InputStream in = new java.io.ByteArrayInputStream(bytes)) {
            put(name, in);
        }
    }

    private void put(String name, InputStream in) throws IOException {
        MessageDigest digest = BackupFile.sha256();
        zip.putNextEntry(new ZipEntry(name));
        OutputStream out = new DigestOutputStream(zip, digest);
        in.transferTo(out);
        zip.closeEntry();
        checksums.append(BackupFile.hex(digest)).append("  ").append(name).append('\n');
        names.add(name);
    }

    /** Puts in all files of a home that belong to a backup and are not in it; what goes away meanwhile is left out. */
    void putHome(Path home) throws IOException {
        for (String folder : BackupFile.FOLDERS) {
            for (Path file : files(home.resolve(folder))) {
                String name = BackupFile.name(home, file);
                if (BackupFile.belongs(name) && !names.contains(name)) {
                    putFile(name, file);
                }
            }
        }
    }

    /** Puts in all files of a folder, as those of {@code state}. */
    void putState(Path folder) throws IOException {
        for (Path file : files(folder)) {
            putFile("state/" + BackupFile.name(folder, file), file);
        }
    }

    private void putFile(String name, Path file) throws IOException {
        InputStream in;
        try {
            in = Files.newInputStream(file);
        } catch (NoSuchFileException e) {
            return;
        }
        try (in) {
            put(name, in);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Ends it: from now on it is there under its name. Returns how many files of the home are in it. */
    int end() throws IOException {
        String lines = checksums.toString();
        zip.putNextEntry(new ZipEntry(BackupFile.CHECKSUMS));
        zip.write(lines.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
        zip.flush();
        channel.force(true);
        zip.close();
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        return names.size() - 1;
    }

    /** Leaves nothing of one that was not ended. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(beside);
    }
}
