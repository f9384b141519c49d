package org.vinestock.machines.capability;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** The screen of a VM that runs. */
@ConsumerType
@FunctionalInterface
public interface Screen {
    /** Takes a picture of it, as PNG. */
    CompletionStage<byte[]> screenshot();
}
