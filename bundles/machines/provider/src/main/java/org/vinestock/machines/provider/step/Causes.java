package org.vinestock.machines.provider.step;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.MachineError;
import org.vinestock.model.VinestockException;

/** What a stage failed with, without what the stages put around it. */
final class Causes {
    private Causes() {}

    static @Nullable String message(Throwable thrown) {
        return first(thrown).getMessage();
    }

    /** Whether it failed because a host does not answer, or nobody runs it now. */
    static boolean isUnreachable(Throwable thrown) {
        return first(thrown) instanceof VinestockException failure
                && (failure.code() == MachineError.HOST_UNREACHABLE || failure.code() == MachineError.NO_PROVIDER);
    }

    private static Throwable first(Throwable thrown) {
        Throwable at = thrown;
        while (at instanceof CompletionException && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }
}
