package org.vinestock.kernel.act;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says whether acting on clusters is frozen. Asked when a task starts and before each of its steps, on any thread, unless
 * the task claims nothing: then it acts on nothing that a freeze protects.
 */
@FunctionalInterface
public interface FreezeCheck {
    /** Never frozen. */
    FreezeCheck NEVER = clusters -> null;

    /**
     * Returns a sentence that says what is frozen and how to go on; null if acting is not frozen.
     *
     * @param clusters what is acted on; empty = nothing in particular, so that only a freeze of the whole site counts
     */
    @Nullable
    String because(List<String> clusters);
}
