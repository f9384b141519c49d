package org.vinestock.disk.provider.plane;

import java.util.concurrent.CompletionException;
import org.vinestock.model.ErrorCode;
import org.vinestock.model.VinestockException;

/** What a stage failed with, without what the stages put around it. */
public final class Causes {
    private Causes() {}

    /** The failure itself. */
    public static Throwable of(Throwable thrown) {
        Throwable at = thrown;
        while (at instanceof CompletionException && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    /** Whether it has a code. */
    public static boolean is(Throwable thrown, ErrorCode code) {
        return of(thrown) instanceof VinestockException failure && failure.code() == code;
    }
}
