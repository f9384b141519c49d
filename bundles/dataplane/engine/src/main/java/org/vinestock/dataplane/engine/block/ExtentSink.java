package org.vinestock.dataplane.engine.block;

/** Takes what a range of a device is made of, piece by piece, in order. */
@FunctionalInterface
public interface ExtentSink {
    /** The bytes have room of their own on the medium (of any layer). */
    int ALLOCATED = 1;

    /** The bytes read as zeroes, and the device knows it without looking at them. */
    int ZERO = 2;

    /**
     * The next piece.
     *
     * @param length in bytes, more than 0; the last piece may reach over the end of what was asked about
     * @param kind {@link #ALLOCATED} and {@link #ZERO}, or'ed
     * @param depth which layer it comes from: 0 is the device that was asked, 1 what backs it, and so on; -1 none
     * @return whether more are wanted: a device may stop if not
     */
    boolean extent(long length, int kind, int depth);
}
