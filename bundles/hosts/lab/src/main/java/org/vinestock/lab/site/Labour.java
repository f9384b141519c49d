package org.vinestock.lab.site;

import java.time.Duration;
import org.vinestock.model.VmId;

/** What takes a lab host time, at speed 1. Each VM has its own, half to one and a half times of it. */
enum Labour {
    /** Making a VM: its files, its definition. */
    CREATE(200),
    /** Switching it on until its guest counts as running. */
    START(100),
    /** The guest's own way down. */
    SHUT_DOWN(1_000),
    /** Switching it off, letting it stand still, or go on. */
    STOP(20),
    /** Removing it. */
    DELETE(50);

    private final int millis;

    Labour(int millis) {
        this.millis = millis;
    }

    Duration of(VmId vm, long seed) {
        long bits = LoadCurve.mixed(seed + millis ^ (long) vm.value().hashCode() << 20);
        return Duration.ofMillis(Math.round(millis * (0.5 + LoadCurve.share(bits))));
    }
}
