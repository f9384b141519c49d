package org.vinestock.store.sql;

import java.nio.file.Path;

/** How the store uses H2. */
public final class H2 {
    /** How long the place of what was overwritten is not used again, in milliseconds. */
    private static final int RETENTION = 2_000;

    private H2() {}

    /**
     * The JDBC address of a database in a file.
     *
     * <ul>
     *   <li>{@code WRITE_DELAY=0}: a commit is in the file when it returns; without it a killed process loses what it
     *       acknowledged.
     *   <li>{@code RETENTION_TIME}: at the usual 45 s, thousands of small commits a second leave tens of thousands of
     *       chunks, of which each commit looks through the list.
     *   <li>{@code MAX_COMPACT_TIME}: how long closing may take to give back what is free.
     * </ul>
     *
     * @param file without the ending {@code .mv.db}
     */
    public static String url(Path file) {
        return "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;RETENTION_TIME="
                + RETENTION + ";MAX_COMPACT_TIME=1000";
    }
}
