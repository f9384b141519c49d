package org.vinestock.dataplane.engine.qcow2;

import java.util.List;

/**
 * What looking at all of an image found.
 *
 * @param corruptions what is wrong and may cost data
 * @param leaks clusters that are counted and used by nobody: they cost room only
 * @param findings the first of both, in words
 * @param clusters of the disk
 * @param allocated of them that have a place of their own, compressed ones included
 * @param compressed of them
 * @param end where the last cluster that is in use ends in the file
 */
public record CheckReport(
        long corruptions, long leaks, List<String> findings, long clusters, long allocated, long compressed, long end) {
    public CheckReport {
        findings = List.copyOf(findings);
    }

    public boolean clean() {
        return corruptions == 0 && leaks == 0;
    }
}
