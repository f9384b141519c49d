package org.vinestock.lab.replay;

/**
 * The classes of lifetimes of a trace: bin {@code b} holds lifetimes above {@code upTo[b - 1]} and up to {@code upTo[b]}
 * seconds; bin 0 holds those that ended in the period in which they began.
 *
 * <p>The file maps seconds to bins, in steps of a period; a bin's upper edge is the last second mapped to it. Read so,
 * with lifetimes in the middle of their bins, the public trace has the peak of 20,272 VMs that is published for it.
 */
@SuppressWarnings("ArrayRecordComponent") // a column, never compared
record LifetimeBins(long[] upTo) {
    int count() {
        return upTo.length;
    }

    /** The seconds above which lifetimes of a bin are. */
    long above(int bin) {
        return bin == 0 ? 0 : upTo[bin - 1];
    }

    /** The longest lifetime of a bin, in seconds. */
    long upTo(int bin) {
        return upTo[bin];
    }

    /** A lifetime of the bin in milliseconds: {@code share} 0 is just above its lower edge, 1 its upper one. */
    long millis(int bin, double share) {
        return Math.round((above(bin) + share * (upTo(bin) - above(bin))) * 1000);
    }
}
