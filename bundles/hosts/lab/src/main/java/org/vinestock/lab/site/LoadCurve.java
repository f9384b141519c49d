package org.vinestock.lab.site;

import org.vinestock.model.VmId;

/**
 * How much of its CPU a VM uses over lab time: a wave around a level of its own, both from the seed and the VM's name, so
 * that it is the same on whatever host the VM runs.
 */
record LoadCurve(double level, double swing, double periodSeconds, double phase) {
    static LoadCurve of(VmId vm, long seed) {
        long state = mixed(seed ^ (long) vm.value().hashCode() << 20);
        double level = 0.10 + 0.50 * share(state);
        state = mixed(state);
        double swing = 0.35 * share(state);
        state = mixed(state);
        double period = 60 + 540 * share(state);
        return new LoadCurve(level, swing, period, share(mixed(state)));
    }

    /** The share in use, 0 to 1. */
    double at(long labNanos) {
        double wave = level + swing * Math.sin(2 * Math.PI * (labNanos / 1e9 / periodSeconds + phase));
        return Math.max(0.01, Math.min(1, wave));
    }

    /** A number of [0, 1) from the upper bits. */
    static double share(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** SplitMix64's finalizer: neighbouring inputs give unrelated outputs. */
    static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
