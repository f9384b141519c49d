package org.vinestock.machines.provider.step;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What a stage failed with, without what the stages put around it. */
final class Causes {
    private Causes() {}

    static @Nullable String message(Throwable thrown) {
        Throwable at = thrown;
        while (at instanceof CompletionException && at.getCause() != null) {
            at = at.getCause();
        }
        return at.getMessage();
    }
}
