package org.vinestock.kernel.turn;

/** Makes the seed of each decision from the site's one and its number (SplitMix64). */
public final class DecisionSeed {
    private DecisionSeed() {}

    /** The seed of a decision. */
    public static long of(long siteSeed, long number) {
        long z = siteSeed + number * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
