package org.vinestock.store.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * Where a store is.
 *
 * @param driver the class of its JDBC driver; empty = in memory
 * @param properties for its data source
 * @param shared whether several processes may be at it
 * @param shown for people, without secrets
 */
record Address(String driver, Properties properties, boolean shared, String shown) {
    private static final String H2 = "org.h2.Driver";
    private static final String POSTGRESQL = "org.postgresql.Driver";

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException naming the key and what is accepted
     */
    static Address of(String url, String user, String passwordFile, Path home) {
        Properties properties = new Properties();
        if (url.equals("memory")) {
            return new Address("", properties, false, "memory");
        }
        if (url.equals("h2")) {
            Path file = home.resolve("state").resolve("site");
            properties.setProperty(
                    DataSourceFactory.JDBC_URL,
                    "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
            return new Address(H2, properties, false, file + ".mv.db");
        }
        if (url.startsWith("jdbc:postgresql:")) {
            properties.setProperty(DataSourceFactory.JDBC_URL, url);
            properties.setProperty(DataSourceFactory.JDBC_USER, user);
            if (!passwordFile.isEmpty()) {
                properties.setProperty(DataSourceFactory.JDBC_PASSWORD, firstLine(Path.of(passwordFile)));
            }
            int options = url.indexOf('?');
            return new Address(POSTGRESQL, properties, true, options < 0 ? url : url.substring(0, options));
        }
        throw new IllegalArgumentException("url = " + url
                + " in etc/org.vinestock.store.cfg; accepted: h2, memory, jdbc:postgresql://HOST/DATABASE");
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
