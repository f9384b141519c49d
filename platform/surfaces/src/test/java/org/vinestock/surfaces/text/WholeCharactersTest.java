package org.vinestock.surfaces.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vinestock.terminal.TerminalLine.Printed;

class WholeCharactersTest {
    private static final String TEXT = "a\u00e9\u20ac\ud83d\ude00z"; // of one to four bytes
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);

    private static Printed cut(byte[] all, int from, int to) {
        return WholeCharacters.of(new Printed(from, ByteBuffer.wrap(all, from, to - from), all.length));
    }

    private static byte[] bytes(Printed printed) {
        byte[] bytes = new byte[printed.bytes().remaining()];
        printed.bytes().duplicate().get(bytes);
        return bytes;
    }

    @Test
    void showsNoPartOfACharacterWhereverItIsCut() {
        for (int from = 0; from <= BYTES.length; from++) {
            for (int to = from; to <= BYTES.length; to++) {
                Printed printed = cut(BYTES, from, to);
                String text = new String(bytes(printed), StandardCharsets.UTF_8);
                assertTrue(TEXT.contains(text), from + " to " + to + ": " + text);
                assertArrayEquals(
                        Arrays.copyOfRange(BYTES, (int) printed.from(), (int) printed.next()), bytes(printed));
                assertTrue(printed.from() >= from && printed.next() <= to, from + " to " + to);
            }
        }
    }

    @Test
    void losesNothingInHoweverManyPiecesItComes() {
        for (int step = 1; step <= BYTES.length; step++) {
            ByteArrayOutputStream shown = new ByteArrayOutputStream();
            int next = 0;
            for (int there = step; there < BYTES.length + step; there += step) {
                Printed printed = cut(BYTES, next, Math.min(there, BYTES.length));
                assertEquals(next, printed.from());
                shown.writeBytes(bytes(printed));
                next = (int) printed.next();
            }
            assertEquals(TEXT, shown.toString(StandardCharsets.UTF_8), "in steps of " + step);
        }
    }

    @Test
    void letsThroughWhatIsNoUtf8() {
        byte[] noise = {
            (byte) 0x80, (byte) 0xc0, (byte) 0xff, 'a', (byte) 0xe2, 'b', (byte) 0xc3, (byte) 0x80, (byte) 0x80
        };
        assertArrayEquals(noise, bytes(cut(noise, 0, noise.length)));
    }
}
