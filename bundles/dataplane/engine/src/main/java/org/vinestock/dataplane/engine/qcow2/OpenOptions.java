package org.vinestock.dataplane.engine.qcow2;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How an image is opened.
 *
 * @param writable whether the top may be changed; what backs it never is
 * @param guessFormats whether a backing file without a stated format is looked at to find out; a guest that once wrote to it
 *     as a raw disk could have written a header there, so that is refused otherwise
 * @param within the folder that all backing files must lie in, or none
 * @param mapBytes that the map of the chain may take in memory
 */
public record OpenOptions(
        boolean writable, boolean guessFormats, @Nullable Path within, long mapBytes) {
    private static final long MAP_BYTES = 16L << 20;

    /** To look at it. */
    public static OpenOptions readOnly() {
        return new OpenOptions(false, false, null, MAP_BYTES);
    }

    /** To change it. */
    public static OpenOptions forWriting() {
        return new OpenOptions(true, false, null, MAP_BYTES);
    }
}
