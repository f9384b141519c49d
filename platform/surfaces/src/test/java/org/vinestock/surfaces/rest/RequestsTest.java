package org.vinestock.surfaces.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.vinestock.surfaces.http.Problem;

class RequestsTest {
    @Test
    void readsTheParametersOfAnAddress() {
        assertEquals("{a=x y, b=1&2, c=}", Requests.query("a=x+y&b=1%262&&c").toString());
        assertEquals("{}", Requests.query(null).toString());
    }

    @Test
    void knowsWhatIsAcceptedFirst() {
        assertEquals("application/x-ndjson", Requests.accepted("application/x-ndjson"));
        assertEquals("application/x-ndjson", Requests.accepted(" Application/X-NDJSON;q=1, */*"));
        assertEquals("application/json", Requests.accepted("application/json, application/x-ndjson"));
        assertEquals("*/*", Requests.accepted("*/*"));
        assertEquals("", Requests.accepted(null));
    }

    @Test
    void refusesAnAddressThatIsNotEncoded() {
        assertThrows(Problem.Thrown.class, () -> Requests.query("a=%zz"));
    }
}
