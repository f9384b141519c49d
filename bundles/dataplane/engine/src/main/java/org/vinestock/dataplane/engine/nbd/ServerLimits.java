package org.vinestock.dataplane.engine.nbd;

import java.time.Duration;
import org.vinestock.dataplane.engine.nbd.transmit.Transmission;

/**
 * What a server takes.
 *
 * @param clients connections at once; each has {@value Transmission.Memory#BYTES} bytes of memory once it is served, so
 *     this bounds requests and bytes in flight
 * @param negotiation how long a client may negotiate, TLS included
 * @param silence how long a client may not take what is sent to it before it is given up
 * @param rest how long a busy connection rests at most to let requests gather; zero: never
 */
public record ServerLimits(int clients, Duration negotiation, Duration silence, Duration rest) {
    public static final ServerLimits USUAL =
            new ServerLimits(64, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofNanos(500_000));

    public ServerLimits {
        if (clients < 1) {
            throw new IllegalArgumentException("a server takes at least 1 client, not " + clients);
        }
    }
}
