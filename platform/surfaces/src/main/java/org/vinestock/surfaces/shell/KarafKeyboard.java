package org.vinestock.surfaces.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.console.Session;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;

/** The terminal of Karaf's session, by JLine. */
final class KarafKeyboard {
    private static final String JLINE = ".jline.terminal";

    private KarafKeyboard() {}

    static Keyboard of(Session session) {
        return session.get(JLINE) instanceof Terminal terminal
                        && !terminal.getType().startsWith(Terminal.TYPE_DUMB)
                ? () -> new Raw(terminal)
                : Keyboard.NONE;
    }

    /** In raw mode until it is closed. */
    private static final class Raw implements Keyboard.Raw {
        private final Terminal terminal;
        private final Attributes before;

        Raw(Terminal terminal) {
            this.terminal = terminal;
            this.before = terminal.enterRawMode();
        }

        @Override
        public int key(long millis) throws IOException {
            return terminal.reader().read(millis);
        }

        @Override
        public void show(byte[] bytes) throws IOException {
            terminal.output().write(bytes);
            terminal.output().flush();
        }

        @Override
        public void close() {
            terminal.setAttributes(before);
        }
    }
}
