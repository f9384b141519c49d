package org.vinestock.backup;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Has files in the folder {@code state} of the home that are written all the time, such as a database, so that nobody else
 * can make a copy of them that fits together. A service: every backup asks all that there are, and leaves out the files
 * themselves: those whose names end in {@code .db}.
 */
@ConsumerType
public interface StateFiles {
    /** Names them in errors and their order, such as {@code site}. */
    String name();

    /**
     * Makes a copy of the files, under their names, as they are together at one moment: of what is durable when this is
     * called, nothing is missing. Called on any thread, must not block.
     *
     * @param folder where the copies go; it is there
     * @return completes with a sentence on what is kept elsewhere and thus not copied; empty if nothing is
     */
    CompletionStage<String> copy(Path folder);
}
