package org.vinestock.surfaces.site;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.vinestock.model.ErrorCode;
import org.vinestock.model.VinestockException;

/**
 * A failure in words.
 *
 * @param code the condition, such as {@code HOST_UNREACHABLE}
 * @param message one line for people
 */
public record Fault(String code, ErrorCode.Cause cause, String message) {
    /** The code of a caller's mistake. */
    public static final String NOT_ACCEPTED = "NOT_ACCEPTED";

    /** Puts a throwable into words. */
    public static Fault of(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof VinestockException failure) {
            return new Fault(failure.code().name(), failure.code().cause(), oneLine(failure));
        }
        if (cause instanceof IllegalArgumentException mistake) {
            return new Fault(NOT_ACCEPTED, ErrorCode.Cause.CALLER, oneLine(mistake));
        }
        if (cause instanceof TimeoutException) {
            return new Fault(
                    "NO_ANSWER", ErrorCode.Cause.ENVIRONMENT, "no answer within 30 s; the site may be overloaded");
        }
        return new Fault(
                "BUG",
                ErrorCode.Cause.BUG,
                "this is a defect: " + cause.getClass().getSimpleName() + ": " + oneLine(cause)
                        + "; the log has the rest");
    }

    private static String oneLine(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message.replaceAll("\\s*[\\r\\n]+\\s*", " ");
    }
}
