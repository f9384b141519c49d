package org.vinestock.surfaces.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.vinestock.surfaces.form.Form;
import org.vinestock.surfaces.site.Entry;
import org.vinestock.surfaces.site.Person;
import org.vinestock.surfaces.site.Site;
import org.vinestock.terminal.TerminalLine;

/**
 * A terminal in the shell: what is printed there appears here, and keys go there, until Ctrl-]. Without a keyboard what was
 * printed last is shown, or something is typed and what comes back is shown.
 *
 * <p><b>Calls.</b> On the shell's thread, which waits.
 */
final class TerminalCall {
    private static final int LEAVE = 0x1d; // Ctrl-]
    private static final int END = -1;
    private static final long LOOK_MILLIS = 50;
    private static final int MOST_SECONDS = 600;

    private final Site site;
    private final Screen screen;
    private final Person person;
    private final Keyboard keyboard;

    TerminalCall(Site site, Screen screen, Person person, Keyboard keyboard) {
        this.site = site;
        this.screen = screen;
        this.person = person;
        this.keyboard = keyboard;
    }

    <P extends Record> boolean run(Entry.OfTerminal<P> entry, List<String> words)
            throws InterruptedException, ExecutionException, TimeoutException {
        Form<P> form = entry.form();
        Arguments typed = Arguments.parse(words, form, Switches.TERMINAL);
        if (typed.help()) {
            screen.out().print(Usage.help(entry, Switches.TERMINAL));
            return true;
        }
        Switches.OfTerminal switches = Switches.TERMINAL.fill(typed.switches(), site.codec());
        if (switches.tail() < 0 || switches.tail() > TerminalLine.MOST) {
            throw new IllegalArgumentException("tail " + switches.tail() + "; accepted: 0 to " + TerminalLine.MOST);
        } else if (switches.seconds() < 0 || switches.seconds() > MOST_SECONDS) {
            throw new IllegalArgumentException("seconds " + switches.seconds() + "; accepted: 0 to " + MOST_SECONDS);
        }
        person.mustBe(entry.terminal().role(), entry.name());
        TerminalLine line = site.open(entry.terminal(), form.fill(typed.own(), site.codec()));
        long seen = switches.tail() == 0 ? Site.await(line.read(-1, 1)).end() : print(line, -switches.tail());
        String text = switches.type();
        if (text != null) {
            site.tellTyping(person, entry, form.about(typed.own()));
            type(line, text + "\n");
            follow(line, seen, switches.seconds());
            return true;
        }
        Keyboard.Raw keys = switches.once() ? null : keyboard.raw();
        if (keys != null) {
            try (keys) {
                site.tellTyping(person, entry, form.about(typed.own()));
                talk(line, seen, keys);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return true;
    }

    /** Prints what there is; returns where to go on. */
    private long print(TerminalLine line, long from) throws InterruptedException, ExecutionException, TimeoutException {
        long at = from;
        TerminalLine.Printed printed;
        do {
            printed = Site.printed(line, at);
            byte[] bytes = bytes(printed.bytes());
            screen.out().write(bytes, 0, bytes.length);
            at = printed.next();
        } while (at < printed.end() && printed.bytes().hasRemaining());
        screen.flush().run();
        return at;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static void type(TerminalLine line, String text)
            throws InterruptedException, ExecutionException, TimeoutException {
        Site.await(line.type(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Prints what comes within some seconds. */
    private void follow(TerminalLine line, long from, int seconds)
            throws InterruptedException, ExecutionException, TimeoutException {
        long seen = from;
        long until = site.platform().scheduler().nanoTime() + seconds * 1_000_000_000L;
        while (site.platform().scheduler().nanoTime() < until && !screen.out().checkError()) {
            Site.pause(LOOK_MILLIS);
            seen = print(line, seen);
        }
    }

    private void talk(TerminalLine line, long from, Keyboard.Raw keys)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long seen = from;
        StringBuilder pressed = new StringBuilder();
        keys.show("\r\n[Ctrl-] ends]\r\n".getBytes(StandardCharsets.US_ASCII));
        while (true) {
            TerminalLine.Printed printed = Site.printed(line, seen);
            if (printed.bytes().hasRemaining()) {
                keys.show(bytes(printed.bytes()));
            }
            seen = printed.next();
            int key = keys.key(LOOK_MILLIS);
            while (key >= 0 && key != LEAVE && pressed.length() < TerminalLine.TYPED_AT_MOST / 4) {
                pressed.append((char) key);
                key = keys.key(1);
            }
            int whole = pressed.length();
            if (whole > 0 && Character.isHighSurrogate(pressed.charAt(whole - 1))) {
                whole--; // half a character: the other half comes next
            }
            if (whole > 0) {
                type(line, pressed.substring(0, whole));
                pressed.delete(0, whole);
            }
            if (key == LEAVE || key == END) {
                keys.show("\r\n".getBytes(StandardCharsets.US_ASCII));
                return;
            }
        }
    }
}
