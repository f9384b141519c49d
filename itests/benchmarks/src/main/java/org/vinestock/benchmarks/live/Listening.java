package org.vinestock.benchmarks.live;

import java.nio.charset.StandardCharsets;

/** What one listener to server-sent events was told: checks that each event goes on where the one before ended. */
final class Listening {
    private static final int HEAD = 120;

    private final byte[] line = new byte[HEAD];
    private int length;
    private String event = "";
    private long revision = -1;
    private long bytes;
    private long changes;
    private long anew;
    private long gaps;

    /** Takes what came. */
    void take(byte[] buffer, int count) {
        bytes += count;
        for (int i = 0; i < count; i++) {
            if (buffer[i] == '\n') {
                line(new String(line, 0, length, StandardCharsets.UTF_8));
                length = 0;
            } else if (length < HEAD && buffer[i] != '\r') {
                line[length++] = buffer[i];
            }
        }
    }

    private void line(String text) {
        if (text.startsWith("event: ")) {
            event = text.substring("event: ".length());
        } else if (text.startsWith("data: ") && event.equals("changes")) {
            changes++;
            if (number(text, "since") != revision) {
                gaps++;
            }
            revision = number(text, "revision");
        } else if (text.startsWith("data: ") && event.equals("anew")) {
            anew++;
            revision = number(text, "revision");
        }
    }

    private static long number(String text, String name) {
        int at = text.indexOf("\"" + name + "\":") + name.length() + 3;
        int end = at;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Long.parseLong(text.substring(at, end));
    }

    long revision() {
        return revision;
    }

    long bytes() {
        return bytes;
    }

    /** Events that told of changes. */
    long changes() {
        return changes;
    }

    /** How often it was told to look anew; the first time at the beginning. */
    long anew() {
        return anew;
    }

    /** Events that did not go on where the one before had ended: must be none. */
    long gaps() {
        return gaps;
    }
}
