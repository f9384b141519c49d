package org.vinestock.surfaces.shell;

import java.io.PrintStream;
import java.lang.reflect.Field;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.surfaces.text.Table;

/** Finds out where a command of Karaf's shell prints. */
final class KarafScreen {
    private static final Logger LOG = LoggerFactory.getLogger(KarafScreen.class);

    private KarafScreen() {}

    /** The streams of the calling thread's command in its pipe. */
    static Screen of(Session session) {
        Process process = Process.Utils.current();
        int width = process.isTty(1) ? width(session.getTerminal()) : 0;
        return new Screen(
                process.out(),
                process.err(),
                width > 0 ? width : Table.UNLIMITED,
                width > 0,
                () -> flush(session, process));
    }

    /** A session over SSH exec has no terminal, one within it, as of {@code help}, has a hollow one. */
    private static int width(@Nullable Terminal terminal) {
        try {
            return terminal == null ? 0 : terminal.getWidth();
        } catch (NullPointerException e) {
            return 0;
        }
    }

    /**
     * Flushes the session's own streams. Over SSH exec Karaf 4.4.10 flushes neither, and at the end closes standard output
     * first, which ends the channel: what is left of the error stream is lost. That stream can only be reached in Gogo's
     * session itself.
     */
    private static void flush(Session session, Process process) {
        process.out().flush();
        process.err().flush();
        session.getConsole().flush();
        if (session.get(".commandSession") instanceof CommandSession gogo) {
            try {
                Field field = gogo.getClass().getDeclaredField("perr");
                field.setAccessible(true);
                if (field.get(gogo) instanceof PrintStream err) {
                    err.flush();
                }
            } catch (ReflectiveOperationException e) {
                LOG.warn("errors may not be shown over SSH: Gogo has no perr any more", e);
            }
        }
    }
}
