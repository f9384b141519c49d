package org.vinestock.surfaces.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vinestock.surfaces.http.Problem;

class RequestsTest {
    @Test
    void readsTheParametersOfAnAddress() {
        assertEquals("{a=x y, b=1&2, c=}", Requests.query("a=x+y&b=1%262&&c").toString());
        assertEquals("{}", Requests.query(null).toString());
    }

    @Test
    void knowsWhoWantsLines() {
        assertTrue(Requests.wantsLines("application/x-ndjson"));
        assertTrue(Requests.wantsLines("Application/X-NDJSON;q=1, */*"));
        assertFalse(Requests.wantsLines("application/json, application/x-ndjson"));
        assertFalse(Requests.wantsLines("*/*"));
        assertFalse(Requests.wantsLines(null));
    }

    @Test
    void refusesAnAddressThatIsNotEncoded() {
        assertThrows(Problem.Thrown.class, () -> Requests.query("a=%zz"));
    }
}
