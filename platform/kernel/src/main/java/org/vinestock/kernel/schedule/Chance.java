package org.vinestock.kernel.schedule;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Generators by seed and purpose: the same two always yield the same numbers, on any machine. */
public final class Chance {
    private Chance() {}

    /** Returns a generator of its own. */
    public static RandomGenerator generator(long seed, String purpose) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * 0x100000001b3L;
        }
        return new SplittableRandom(mixed(seed + 0x9e3779b97f4a7c15L) ^ mixed(hash));
    }

    /** The finalizer of MurmurHash3: neighbouring seeds have nothing in common afterwards. */
    static long mixed(long value) {
        long z = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
