package org.vinestock.surfaces.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.FakeSite;

class HealthTest {
    @Test
    void saysThatItServes() {
        assertEquals(
                new Reply(200, "{\"serves\":true,\"revision\":7,\"operations\":1,\"views\":2}"),
                Health.of(new FakeSite().site()));
    }

    @Test
    void saysWhyItDoesNotServe() {
        Reply absent = Health.of(null);
        assertEquals(503, absent.status());
        assertTrue(
                absent.json().startsWith("{\"serves\":false,\"reason\":\"the control plane is starting"),
                absent.json());
    }
}
