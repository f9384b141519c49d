package org.vinestock.dataplane.engine.image;

/**
 * What a part of a disk is made of.
 *
 * @param zero it reads as zeroes, and that is known without looking
 * @param allocated it has room of its own in some image of the chain
 * @param depth which image of the chain it comes from: 0 is the top, -1 none
 */
public record Extent(long offset, long length, boolean zero, boolean allocated, int depth) {
    /** Whether the two are of a kind. */
    boolean like(Extent other) {
        return zero == other.zero && allocated == other.allocated && depth == other.depth;
    }
}
