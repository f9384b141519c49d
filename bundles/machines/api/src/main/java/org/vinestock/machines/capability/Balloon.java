package org.vinestock.machines.capability;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Lease;

/** The balloon in a VM that runs: memory that its guest lends to the host. */
@ConsumerType
public interface Balloon {
    /** How much memory the guest has now: all of its own less what is in the balloon. */
    CompletionStage<ByteCount> size();

    /** Asks the guest to make do with so much; done when it was asked, not when it did. */
    CompletionStage<?> target(ByteCount size, Lease lease);
}
