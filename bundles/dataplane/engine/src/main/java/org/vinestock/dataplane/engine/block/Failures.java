package org.vinestock.dataplane.engine.block;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads from the system's words what is wrong: Java keeps no error number. */
final class Failures {
    private Failures() {}

    static Status status(Exception failure) {
        if (failure instanceof ClosedChannelException) {
            return Status.SHUT_DOWN;
        }
        return failure instanceof IOException ? status(failure.getMessage()) : Status.IO_ERROR;
    }

    private static Status status(@Nullable String message) {
        String words = message == null ? "" : message.toLowerCase(Locale.ROOT);
        if (words.contains("no space left") || words.contains("quota exceeded") || words.contains("file too large")) {
            return Status.NO_SPACE;
        }
        return words.contains("read-only file system") ? Status.READ_ONLY : Status.IO_ERROR;
    }
}
