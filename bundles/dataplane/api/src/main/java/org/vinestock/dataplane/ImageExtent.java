package org.vinestock.dataplane;

/**
 * A range of an image in which all is of one sort.
 *
 * @param offset in bytes
 * @param length in bytes
 * @param depth whose it is: 0 the image's own, 1 the one that it is backed by, and so on
 * @param data whether there are bytes; else it reads as zeroes
 * @param allocated whether some file of the chain says so
 */
public record ImageExtent(long offset, long length, int depth, boolean data, boolean allocated) {}
