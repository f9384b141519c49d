package org.vinestock.surfaces.shell;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a person types at, if there is one. */
@FunctionalInterface
interface Keyboard {
    /** Nobody types. */
    Keyboard NONE = () -> null;

    /** From now on each key arrives as it is pressed; null if there is no keyboard. */
    @Nullable
    Raw raw();

    /** A keyboard whose keys arrive one by one, until it is closed. */
    interface Raw extends AutoCloseable {
        /** Waits so long for a key: the character, -1 at the end, -2 if none came. */
        int key(long millis) throws IOException;

        /** Shows bytes as they are. */
        void show(byte[] bytes) throws IOException;

        @Override
        void close();
    }
}
