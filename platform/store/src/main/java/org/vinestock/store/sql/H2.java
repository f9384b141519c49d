package org.vinestock.store.sql;

import java.nio.file.Path;
import org.vinestock.store.h2.Durability;
import org.vinestock.store.h2.DurablePath;

/** How the store uses H2. */
public final class H2 {
    /** How long the place of what was overwritten is not used again, in milliseconds. */
    private static final int RETENTION = 2_000;

    private H2() {}

    /** The address of a database whose changes outlive the process, not the machine. */
    public static String url(Path file) {
        return url(file, Durability.PROCESS);
    }

    /**
     * The JDBC address of a database in a file.
     *
     * <ul>
     *   <li>{@code WRITE_DELAY=0}: a commit is in the file when it returns; without it a killed process loses what it
     *       acknowledged.
     *   <li>{@code RETENTION_TIME}: at the usual 45 s, thousands of small commits a second leave tens of thousands of
     *       chunks, of which each commit looks through the list.
     *   <li>{@code COMPRESS}: rows are texts that resemble each other; they take a quarter of the room.
     *   <li>{@code MAX_COMPACT_TIME}: how long closing may take to give back what is free.
     * </ul>
     *
     * @param file without the ending {@code .mv.db}
     */
    public static String url(Path file, Durability durability) {
        if (durability == Durability.MACHINE) {
            DurablePath.register();
        }
        String scheme = durability == Durability.MACHINE ? DurablePath.SCHEME : "file";
        return "jdbc:h2:" + scheme + ":" + file.toAbsolutePath()
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;COMPRESS=TRUE;RETENTION_TIME=" + RETENTION
                + ";MAX_COMPACT_TIME=1000";
    }
}
