package org.vinestock.kernel.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.vinestock.area.DesiredKinds;
import org.vinestock.area.Parts;
import org.vinestock.area.SiteCheck;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.time.Lane;

/** {@code site.export} and {@code site.import}; the files are those of the machine that the platform runs on. */
public final class DocumentParts {
    private static final long LARGEST = 16 << 20;

    private DocumentParts() {}

    /**
     * Makes the parts.
     *
     * @param areas the kinds that people decide on, of the areas that are there now
     * @param checks what areas say is wrong with a site
     * @param lane where stages are continued
     */
    public static Parts of(
            Inventory inventory, Supplier<List<DesiredKinds>> areas, Supplier<List<SiteCheck>> checks, Lane lane) {
        SiteDocument document = new SiteDocument(new JsonCodec(), areas);
        ExportOperation export = new ExportOperation(document);
        ImportOperation importing = new ImportOperation(document, inventory, checks, lane);
        return new Parts(
                List.of(export, importing),
                List.of(),
                List.of(export.step(), importing.step()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }

    /** The path of a file as a person gave it. */
    static Path path(String file) {
        try {
            Path path = Path.of(file);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // said below
        }
        throw new IllegalArgumentException("file: \"" + file
                + "\"; accepted: an absolute path on the machine that Vinestock runs on, such as /tmp/site.json");
    }

    /** Reads a file that a person gave. */
    static String read(String file) {
        Path path = path(file);
        try {
            if (Files.size(path) > LARGEST) {
                throw new IllegalArgumentException(
                        "file: " + path + " has " + Files.size(path) + " bytes; accepted: up to " + LARGEST);
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "file: " + path + " cannot be read (" + e + "); accepted: a file in UTF-8 on the machine that"
                            + " Vinestock runs on",
                    e);
        }
    }

    /** Writes a new file, whole or not at all. */
    static void write(Path path, String text) {
        Path folder = path.getParent();
        if (Files.exists(path) || folder == null) {
            throw new IllegalArgumentException("file: " + path + " is there already; accepted: a new name");
        }
        Path beside = folder.resolve(path.getFileName() + ".part");
        try {
            Files.writeString(beside, text);
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "file: " + path + " cannot be written (" + e + "); accepted: a new file in a folder that can be",
                    e);
        }
    }

    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
