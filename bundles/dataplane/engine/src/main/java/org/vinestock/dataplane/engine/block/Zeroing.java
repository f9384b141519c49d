package org.vinestock.dataplane.engine.block;

/** How zeroes may be made. */
public enum Zeroing {
    /** The room may be given back. */
    MAY_UNMAP,
    /** The room stays allocated, so that a later write there cannot run out of it. */
    KEEP_ALLOCATED,
    /** The room may be given back; refused where it takes as long as writing zeroes. */
    FAST_ONLY
}
