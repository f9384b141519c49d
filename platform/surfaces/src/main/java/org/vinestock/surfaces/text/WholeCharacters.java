package org.vinestock.surfaces.text;

import java.nio.ByteBuffer;
import org.vinestock.terminal.TerminalLine.Printed;

/** Cuts what was printed in UTF-8 where characters begin and end. */
public final class WholeCharacters {
    private static final int MOST_FOLLOW = 3;

    private WholeCharacters() {}

    /**
     * Leaves out the end of a character whose beginning is not there, and the beginning of one whose end has not come: that
     * is there again after {@link Printed#next}. What is not UTF-8 otherwise stays as it is.
     */
    public static Printed of(Printed printed) {
        ByteBuffer bytes = printed.bytes().slice();
        int begin = printed.from() == 0 ? 0 : begin(bytes);
        int end = end(bytes, begin);
        return new Printed(printed.from() + begin, bytes.slice(begin, end - begin), printed.end());
    }

    private static int begin(ByteBuffer bytes) {
        int begin = 0;
        while (begin < Math.min(MOST_FOLLOW, bytes.limit()) && follows(bytes.get(begin))) {
            begin++;
        }
        return begin;
    }

    private static int end(ByteBuffer bytes, int begin) {
        int end = bytes.limit();
        for (int last = end - 1; last >= Math.max(begin, end - MOST_FOLLOW); last--) {
            if (!follows(bytes.get(last))) {
                return last + length(bytes.get(last)) > end ? last : end;
            }
        }
        return end;
    }

    private static boolean follows(byte each) {
        return (each & 0xc0) == 0x80;
    }

    /** How many bytes a character has that begins so. */
    private static int length(byte first) {
        int value = first & 0xff;
        return value >= 0xc2 && value <= 0xdf
                ? 2
                : value >= 0xe0 && value <= 0xef ? 3 : value >= 0xf0 && value <= 0xf4 ? 4 : 1;
    }
}
