package org.vinestock.store.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletionStage;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.vinestock.backup.StateFiles;

/** The file of a database in H2, which itself makes a copy of it while it is written. */
public final class H2Files implements StateFiles {
    private final String name;
    private final DataSource source;

    /** {@code name}: that of the file, without what H2 adds. */
    public H2Files(String name, DataSource source) {
        this.name = name;
        this.source = source;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletionStage<String> copy(Path folder) {
        try (Reads thread = new Reads(source, "vinestock-store-copy")) { // ends after what is under way
            return thread.run(connection -> copy(connection, folder));
        }
    }

    private String copy(Connection connection, Path folder) throws SQLException {
        Path zip = folder.resolve(name + ".zip");
        try (Statement statement = connection.createStatement()) {
            statement.execute("backup to '" + zip.toString().replace("'", "''") + "'");
            unpack(zip, folder);
            Files.delete(zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "";
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (InputStream bytes = Files.newInputStream(zip);
                ZipInputStream in = new ZipInputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path name = Path.of(entry.getName()).getFileName();
                Files.copy(in, folder.resolve(String.valueOf(name)));
            }
        }
    }
}
