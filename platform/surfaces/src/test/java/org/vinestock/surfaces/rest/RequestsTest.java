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
    void refusesAnAddressThatIsNotEncoded() {
        assertThrows(Problem.Thrown.class, () -> Requests.query("a=%zz"));
    }
}
