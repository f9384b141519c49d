package org.vinestock.surfaces.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoopbackFilterTest {
    @Test
    void tellsPagesOfOtherOriginsFromItsOwnAndFromPrograms() {
        String host = "127.0.0.1:8181";
        assertFalse(LoopbackFilter.fromElsewhere(null, null, host));
        assertFalse(LoopbackFilter.fromElsewhere("same-origin", "http://" + host, host));
        assertFalse(LoopbackFilter.fromElsewhere("none", null, host));
        assertFalse(LoopbackFilter.fromElsewhere(null, "http://" + host, host));
        assertTrue(LoopbackFilter.fromElsewhere("cross-site", null, host));
        assertTrue(LoopbackFilter.fromElsewhere("same-site", "http://localhost:3000", "localhost:8181"));
        assertTrue(LoopbackFilter.fromElsewhere(null, "http://evil.example", host));
        assertTrue(LoopbackFilter.fromElsewhere(null, "null", host));
    }

    @Test
    void knowsLoopbackByItsNamesOnly() {
        for (String host :
                new String[] {"localhost", "LOCALHOST:8181", "127.0.0.1:80", "127.3.2.1", "[::1]:8181", "[::1]"}) {
            assertTrue(LoopbackFilter.loopback(LoopbackFilter.nameOf(host)), host);
        }
        for (String host :
                new String[] {"evil.example", "localhost.evil.example:8181", "127.0.0.1.evil.example", "10.0.0.1", ""
                }) {
            assertFalse(LoopbackFilter.loopback(LoopbackFilter.nameOf(host)), host);
        }
        assertFalse(LoopbackFilter.loopback(LoopbackFilter.nameOf(null)));
    }
}
