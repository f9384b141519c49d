package org.vinestock.dataplane;

import java.util.List;

/**
 * What is to be served.
 *
 * @param format {@code raw} or {@code qcow2}, of the first file
 * @param chain absolute paths: the file that is written, then those that it is backed by, if they are known; at least one.
 *     Those that are named must be the ones that the images name themselves
 */
public record ExportSpec(ExportId id, String format, List<String> chain, boolean writable) {
    /** Copies the list. */
    public ExportSpec {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain is empty; accepted: at least one file");
        }
    }

    /** The file that is written. */
    public String file() {
        return chain.get(0);
    }
}
