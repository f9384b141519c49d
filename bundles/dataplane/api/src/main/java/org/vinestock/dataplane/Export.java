package org.vinestock.dataplane;

import org.jspecify.annotations.Nullable;
import org.vinestock.model.ByteCount;

/**
 * What is served, or should be.
 *
 * @param socket path of the unix socket on which its NBD export is, under the id as name
 * @param size of the disk; nothing if it could not be opened
 * @param problem why it is not served although it should be; null if it is
 */
public record Export(
        ExportSpec spec,
        String socket,
        ByteCount size,
        @Nullable String problem) {}
