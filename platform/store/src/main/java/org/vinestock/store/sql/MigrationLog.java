package org.vinestock.store.sql;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Flyway says, in our log: its steps at level DEBUG, and its remark that it has not been verified with as new an H2,
 * too, for our own tests run every migration on just that H2. Flyway makes it by its name.
 */
public final class MigrationLog implements LogCreator {
    private static final String UNVERIFIED = "newer than the version Flyway has been verified with";

    @Override
    public Log createLogger(Class<?> any) {
        return new Told(LoggerFactory.getLogger(Migrations.class));
    }

    private record Told(Logger log) implements Log {
        @Override
        public boolean isDebugEnabled() {
            return log.isDebugEnabled();
        }

        @Override
        public void debug(String message) {
            log.debug(message);
        }

        @Override
        public void info(String message) {
            log.debug(message);
        }

        @Override
        public void notice(String message) {
            log.debug(message);
        }

        @Override
        public void warn(String message) {
            if (message.contains(UNVERIFIED)) {
                log.debug(message);
            } else {
                log.warn(message);
            }
        }

        @Override
        public void error(String message) {
            log.error(message);
        }

        @Override
        public void error(String message, Exception thrown) {
            log.error(message, thrown);
        }
    }
}
