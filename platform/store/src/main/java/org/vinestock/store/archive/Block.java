package org.vinestock.store.archive;

import java.time.Instant;

/**
 * What is known of a block without reading it.
 *
 * @param id grows in the order in which blocks were written
 * @param lowest the smallest number of a line
 * @param highest the largest
 * @param revision the oldest that a line needs
 * @param bytes what it takes
 * @param merged whether it stays as it is; else it may become part of a larger one
 */
record Block(
        long id, long lowest, long highest, int lines, Instant newestAt, long revision, int bytes, boolean merged) {}
