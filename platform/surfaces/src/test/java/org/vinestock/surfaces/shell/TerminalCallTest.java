package org.vinestock.surfaces.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vinestock.audit.Deed;
import org.vinestock.operation.Role;
import org.vinestock.surfaces.site.FakeSite;
import org.vinestock.surfaces.site.FakeTerminal;
import org.vinestock.surfaces.site.Person;
import org.vinestock.surfaces.text.Table;

class TerminalCallTest {
    private static final int LEAVE = 0x1d;

    private final FakeSite fake = new FakeSite();
    private final FakeTerminal console = new FakeTerminal();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Role role = Role.OPERATOR;

    @BeforeEach
    void aConsole() {
        fake.terminals.add(console);
        fake.tick = Duration.ofMillis(900);
    }

    private boolean run(Keyboard keyboard, String... words) {
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Table.UNLIMITED,
                false,
                () -> {});
        return new ShellCall(fake.site(), fake.lane("shell"), screen, new Person("ann", role), keyboard)
                .run("vm.console", List.of(words));
    }

    private boolean run(String... words) {
        return run(Keyboard.NONE, words);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    private String typed() {
        return console.typed.toString(StandardCharsets.UTF_8);
    }

    /** Somebody who presses keys, a text after the other, and then goes away. */
    private static class Hands implements Keyboard, Keyboard.Raw {
        private static final int NONE_CAME = -2;

        final ByteArrayOutputStream shown = new ByteArrayOutputStream();
        boolean released;
        private final Deque<Integer> keys = new ArrayDeque<>();

        Hands press(String text) {
            text.chars().forEach(keys::add);
            keys.add(NONE_CAME);
            return this;
        }

        Hands press(int key) {
            keys.add(key);
            return this;
        }

        String shown() {
            return shown.toString(StandardCharsets.UTF_8);
        }

        @Override
        public Raw raw() {
            return this;
        }

        @Override
        public int key(long millis) {
            return keys.isEmpty() ? -1 : keys.remove();
        }

        @Override
        public void show(byte[] bytes) {
            shown.writeBytes(bytes);
        }

        @Override
        public void close() {
            released = true;
        }
    }

    @Test
    void showsTheTail() {
        console.print("one\ntwo\nthree\n");
        assertTrue(run("vm-1", "--once"));
        assertEquals("one\ntwo\nthree\n", out());
        out.reset();
        assertTrue(run("vm-1", "--once", "--tail", "6"));
        assertEquals("three\n", out());
        out.reset();
        assertTrue(run("vm-1", "--once", "--tail", "0"));
        assertEquals("", out());
    }

    @Test
    void showsATailThatIsNoLongerKeptFromWhereItIs() {
        console.print("one\ntwo\n");
        console.forgotten = 4;
        assertTrue(run("vm-1", "--once"));
        assertEquals("two\n", out());
    }

    @Test
    void showsWhatComesBackAfterTyping() {
        console.print("login: ");
        console.answer = "Password: ";
        assertTrue(run("vm-1", "--type", "root"));
        assertEquals("root\n", typed());
        assertEquals("login: root\nPassword: ", out());
    }

    @Test
    void showsWhatComesBackFromAConsoleThatWasEmpty() {
        console.answer = "hello\n";
        assertTrue(run("vm-1", "--type", "echo hello"));
        assertEquals("echo hello\nhello\n", out());
    }

    @Test
    void showsOnlyWhatComesBackIfNoTailIsWanted() {
        console.print("login: ");
        console.answer = "Password: ";
        assertTrue(run("vm-1", "--tail", "0", "--type", "root"));
        assertEquals("root\nPassword: ", out());
    }

    @Test
    void waitsNotAtAllIfToldSo() {
        console.print("login: ");
        assertTrue(run("vm-1", "--type", "root", "--seconds", "0"));
        assertEquals("login: ", out());
        assertEquals("root\n", typed());
    }

    @Test
    void showsNoHalfCharacter() {
        console.print("\u20ac10\n");
        console.print((byte) 0xe2, (byte) 0x82);
        assertTrue(run("vm-1", "--once", "--tail", "7"));
        assertEquals("10\n", out());
    }

    @Test
    void showsACharacterOnceItHasComeWhole() {
        console.print((byte) 0xe2, (byte) 0x82);
        Hands hands = new Hands() {
            @Override
            public int key(long millis) {
                console.print((byte) 0xac); // its last byte, while nobody presses a key
                return LEAVE_NEXT == turns++ ? LEAVE : -2;
            }

            private static final int LEAVE_NEXT = 1;
            private int turns;
        };
        assertTrue(run(hands, "vm-1"));
        assertEquals("\r\n[Ctrl-] ends]\r\n\u20ac\r\n", hands.shown());
    }

    @Test
    void typesACharacterWholeThatComesInHalves() {
        Hands hands = new Hands().press("a\ud83d").press("\ude00").press(LEAVE);
        assertTrue(run(hands, "vm-1"));
        assertEquals("a\ud83d\ude00", typed());
    }

    @Test
    void handsKeysOnUntilSomebodyLeaves() {
        console.print("login: ");
        console.answer = "?";
        Hands hands = new Hands().press("ro").press("ot\r").press(LEAVE).press("never");
        assertTrue(run(hands, "vm-1"));
        assertEquals("root\r", typed());
        assertEquals("login: ", out());
        assertEquals("\r\n[Ctrl-] ends]\r\nro?ot\r?\r\n", hands.shown());
        assertTrue(hands.released);
    }

    @Test
    void endsWithTheKeyboard() {
        Hands hands = new Hands().press("a");
        assertTrue(run(hands, "vm-1"));
        assertEquals("a", typed());
        assertTrue(hands.released);
    }

    @Test
    void saysThatNobodyReadsWhatIsTyped() {
        console.closed = true;
        console.print("Power down\n");
        assertFalse(run("vm-1", "--type", "root"));
        assertEquals("Power down\n", out());
        assertEquals("vm-1 is off: nobody reads what is typed", err());
        assertTrue(run("vm-1", "--once"));
    }

    @Test
    void givesTheKeyboardBackIfNobodyReadsWhatIsTyped() {
        console.closed = true;
        Hands hands = new Hands().press("a").press("b");
        assertFalse(run(hands, "vm-1"));
        assertEquals("vm-1 is off: nobody reads what is typed", err());
        assertTrue(hands.released);
    }

    @Test
    void saysThatThereIsNoSuchVm() {
        assertFalse(run("vm-9", "--once"));
        assertEquals("there is no VM vm-9", err());
        assertEquals("", out());
    }

    @Test
    void refusesATailAndATimeThatAreTooLong() {
        assertFalse(run("vm-1", "--tail", "65537"));
        assertTrue(err().contains("tail 65537; accepted: 0 to 65536"), err());
        err.reset();
        assertFalse(run("vm-1", "--seconds", "601"));
        assertTrue(err().contains("seconds 601; accepted: 0 to 600"), err());
    }

    @Test
    void refusesAViewerBeforeAnythingIsShown() {
        role = Role.VIEWER;
        console.print("Password: secret\n");
        Hands hands = new Hands().press("a");
        assertFalse(run(hands, "vm-1"));
        assertEquals("ann is VIEWER; vm.console needs OPERATOR", err());
        assertFalse(run("vm-1", "--once"));
        assertFalse(run("vm-1", "--type", "root"));
        assertEquals("", out() + hands.shown() + typed());
        assertEquals(0, console.opened);
        assertEquals(List.of(), fake.deeds);
    }

    @Test
    void tellsTheAuditWhoTypesButNotWhat() {
        assertTrue(run("vm-1", "--once"));
        assertEquals(List.of(), fake.deeds);
        assertTrue(run("vm-1", "--type", "secret"));
        assertTrue(run(new Hands().press("secret").press(LEAVE), "vm-1"));
        Deed deed = new Deed("ann", "vm.console", "vm-1", "opened for typing; what is typed is kept nowhere");
        assertEquals(List.of(deed, deed), fake.deeds);
    }

    @Test
    void typesNothingThatTheAuditIsNotTold() {
        fake.auditFails = true;
        Hands hands = new Hands().press("a");
        assertFalse(run(hands, "vm-1"));
        assertFalse(run("vm-1", "--type", "root"));
        assertEquals("the store is not available\nthe store is not available", err());
        assertEquals("", typed());
        assertTrue(hands.released);
    }
}
