package org.vinestock.trial;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows worlds in which questions of some points come up. The area that plays them has it among the services of its {@link
 * org.vinestock.area.Parts}.
 *
 * <p><b>Calls.</b> From any thread.
 */
@ConsumerType
public interface TrialGround {
    /** The points whose questions come up. */
    List<String> points();

    /**
     * Prepares one world; may read files on a lane of its own.
     *
     * <p><b>Failure.</b> {@code IllegalArgumentException} for what cannot be played, naming the field and what is accepted.
     */
    CompletionStage<Trial> prepare(TrialRequest request);
}
