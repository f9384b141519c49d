package org.vinestock.kernel.act;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.kernel.turn.DecisionError;
import org.vinestock.model.ErrorCode;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;

/** Makes errors of what areas throw. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** What failed, without the wrapping of stages; anything that an area must not throw becomes a defect. */
    static RuntimeException of(String what, Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof VinestockException failure) {
            if (failure.code().cause() == ErrorCode.Cause.BUG) {
                LOG.error("{} failed", what, failure);
            }
            return failure;
        }
        return cause instanceof IllegalArgumentException mistake ? mistake : defect(what, cause);
    }

    static VinestockException defect(String what, Throwable thrown) {
        LOG.error("{} failed by a defect", what, thrown);
        // The cause stays in the log: it would hold the classes of whoever threw it for as long as the task is kept.
        return new VinestockException(ActError.DEFECT, what + " failed by a defect: " + thrown);
    }

    static boolean isFrozen(Throwable failure) {
        return failure instanceof VinestockException e && e.code().name().equals(ActError.FROZEN.name());
    }

    /** Whether something is not there now that may come: an area's error code of the same name says so. */
    static boolean isOfAbsent(Throwable failure) {
        return failure instanceof VinestockException e && e.code().name().equals(ActError.NO_PROVIDER.name());
    }

    /** Whether the turn that was to reserve did not, because it must not now, or nobody is there to take it. */
    static boolean isOfTurn(Throwable failure) {
        return isFrozen(failure) || isOfBudget(failure) || isOfAbsent(failure);
    }

    /** Whether a budget has no room for what was decided; the task is in line for it. */
    static boolean isOfBudget(Throwable failure) {
        return failure instanceof VinestockException e && e.code() == DecisionError.BUDGET_EXCEEDED;
    }

    static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    static boolean same(ObjectId one, ObjectId other) {
        return one.value().equals(other.value()) && one.kind().equals(other.kind());
    }
}
