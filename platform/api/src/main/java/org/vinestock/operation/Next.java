package org.vinestock.operation;

import java.time.Duration;

/** What a controller wants done for an object. */
public sealed interface Next {
    /** Nothing until something wakes it. */
    record Settled() implements Next {}

    /** Nothing yet; look again after a while. */
    record LookAgain(Duration in) implements Next {}

    /** Run this operation, once per controller, object and revision, and look again when it ends. */
    record Run<P extends Record>(OperationType<P, ?> operation, P parameters) implements Next {}
}
