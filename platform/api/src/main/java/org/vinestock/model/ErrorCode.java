package org.vinestock.model;

import org.osgi.annotation.versioning.ConsumerType;

/** Names a condition that a caller cannot prevent. Each area has an enum of its own that implements this. */
@ConsumerType
public interface ErrorCode {
    /** Whose matter it is; decides log level, HTTP status and whether trying again may help. */
    enum Cause {
        /** The caller asked for something that cannot be: HTTP 4xx, no use in trying again unchanged. */
        CALLER,
        /** Something outside failed, such as a host or a disk: HTTP 503, may be tried again. */
        ENVIRONMENT,
        /** There is no room: HTTP 409, may be tried again later. */
        CAPACITY,
        /** A defect of Vinestock or of a plugin: HTTP 500, logged with its trace. */
        BUG
    }

    /** The condition, such as {@code HOST_UNREACHABLE}. */
    String name();

    /** Whose matter it is. */
    Cause cause();
}
