package org.vinestock.surfaces.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExchangeTest {
    @Test
    void readsTheParametersOfAnAddress() {
        assertEquals("{a=x y, b=1&2, c=}", Exchange.query("a=x+y&b=1%262&&c").toString());
        assertEquals("{}", Exchange.query(null).toString());
    }

    @Test
    void refusesAnAddressThatIsNotEncoded() {
        assertThrows(Problem.Thrown.class, () -> Exchange.query("a=%zz"));
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
