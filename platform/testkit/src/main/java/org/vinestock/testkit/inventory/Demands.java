package org.vinestock.testkit.inventory;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says what was expected and what was found. */
final class Demands {
    private Demands() {}

    static void that(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    static void same(@Nullable Object expected, @Nullable Object actual, String what) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(what + ": expected " + expected + ", was " + actual);
        }
    }

    /** Demands that a call is refused as a mistake of its caller, in words. */
    static void mistake(String what, Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException e) {
            that(e.getMessage() != null && !e.getMessage().isBlank(), what + " was refused without a word");
            return;
        }
        throw new AssertionError(what + " was not refused; expected IllegalArgumentException");
    }
}
