package org.vinestock.store.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.osgi.service.jdbc.DataSourceFactory;
import org.vinestock.store.h2.Durability;
import org.vinestock.store.sql.H2;

/**
 * Where a store is.
 *
 * @param driver the class of its JDBC driver; empty = in memory
 * @param properties for its data source
 * @param schema in which its tables are; null = the database's usual one
 * @param shared whether several processes may be at it
 * @param durability what a change outlives, in a file; a server has its own say
 * @param shown for people, without secrets
 */
record Address(
        String driver,
        Properties properties,
        @Nullable String schema,
        boolean shared,
        Durability durability,
        String shown) {
    private static final String H2_DRIVER = "org.h2.Driver";
    private static final String POSTGRESQL = "org.postgresql.Driver";
    private static final String LEDGER = "ledger";
    /** So that a server that does not answer is noticed, in seconds, and a batch is one statement. */
    private static final List<String> OPTIONS = List.of(
            "connectTimeout=5",
            "loginTimeout=10",
            "socketTimeout=60",
            "tcpKeepAlive=true",
            "reWriteBatchedInserts=true",
            "ApplicationName=vinestock");

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException naming the key and what is accepted
     */
    static Address of(String url, String user, String passwordFile, Durability durability, Path home) {
        Properties properties = new Properties();
        if (url.equals("memory")) {
            return new Address("", properties, null, false, durability, "memory");
        }
        if (url.equals("h2")) {
            return h2(home.resolve("state").resolve("site"), durability);
        }
        if (url.startsWith("jdbc:postgresql:")) {
            properties.setProperty(DataSourceFactory.JDBC_URL, withDefaults(url));
            properties.setProperty(DataSourceFactory.JDBC_USER, user);
            if (!passwordFile.isEmpty()) {
                properties.setProperty(DataSourceFactory.JDBC_PASSWORD, firstLine(Path.of(passwordFile)));
            }
            int options = url.indexOf('?');
            String shown = options < 0 ? url : url.substring(0, options);
            return new Address(POSTGRESQL, properties, null, true, durability, shown);
        }
        throw new IllegalArgumentException("url = " + url
                + " in etc/org.vinestock.store.cfg; accepted: h2, memory, jdbc:postgresql://HOST/DATABASE");
    }

    private static Address h2(Path file, Durability durability) {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, H2.url(file, durability));
        return new Address(H2_DRIVER, properties, null, false, durability, file + ".mv.db");
    }

    /** Where the archives beside it are: a file of their own, or a schema of their own in the same database. */
    Address ledger(Path home) {
        if (!shared) {
            return h2(home.resolve("state").resolve(LEDGER), durability);
        }
        Properties theirs = new Properties();
        theirs.putAll(properties);
        String url = properties.getProperty(DataSourceFactory.JDBC_URL);
        theirs.setProperty(
                DataSourceFactory.JDBC_URL, url + (url.indexOf('?') < 0 ? '?' : '&') + "currentSchema=" + LEDGER);
        return new Address(driver, theirs, LEDGER, true, durability, shown + " schema " + LEDGER);
    }

    /** Where the end of the audit is kept: a file for each database, for each has an audit of its own. */
    Path anchor(Path home) {
        String which = shared ? "-" + Integer.toHexString(shown.hashCode()) : "";
        return home.resolve("state").resolve("audit" + which + ".head");
    }

    /** Adds what the address does not say itself. */
    private static String withDefaults(String url) {
        StringBuilder more = new StringBuilder(url);
        for (String option : OPTIONS) {
            if (!url.contains(option.substring(0, option.indexOf('=') + 1))) {
                more.append(more.indexOf("?") < 0 ? '?' : '&').append(option);
            }
        }
        return more.toString();
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).stream().findFirst().orElse("");
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "password.file = " + file + " in etc/org.vinestock.store.cfg cannot be read: " + e.getMessage(), e);
        }
    }
}
