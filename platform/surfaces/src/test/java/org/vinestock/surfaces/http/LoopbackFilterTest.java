package org.vinestock.surfaces.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoopbackFilterTest {
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
