package org.vinestock.time;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes back a timer, a listener or a subscription. A second call changes nothing. */
@ConsumerType
@FunctionalInterface
public interface Cancellable {
    /** Cancels. Something that already runs is not interrupted. */
    void cancel();
}
