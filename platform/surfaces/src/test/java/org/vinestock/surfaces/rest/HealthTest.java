package org.vinestock.surfaces.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vinestock.inventory.StoreStatus;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.FakeSite;

class HealthTest {
    @Test
    void saysThatItServes() {
        assertEquals(
                new Reply(200, "{\"serves\":true,\"revision\":7,\"operations\":1,\"views\":2}"),
                Health.of(new FakeSite().site(), null));
    }

    @Test
    void saysWhyItDoesNotServe() {
        Reply absent = Health.of(null, null);
        assertEquals(503, absent.status());
        assertTrue(
                absent.json()
                        .startsWith(
                                "{\"serves\":false,\"state\":\"NOT_READY\",\"reason\":\"the control plane is starting"),
                absent.json());
    }

    @Test
    void saysThatItFollowsOrHasNoStore() {
        StoreStatus.Standing follows = new StoreStatus.Standing(
                StoreStatus.State.FOLLOWS, "jdbc:postgresql://db/site", "host-1 leads with epoch 3");
        assertEquals(
                "{\"serves\":false,\"state\":\"FOLLOWS\",\"reason\":\"this container follows on"
                        + " jdbc:postgresql://db/site: host-1 leads with epoch 3\"}",
                Health.of(null, follows).json());
        StoreStatus.Standing lost = new StoreStatus.Standing(StoreStatus.State.UNAVAILABLE, "h2", "the disk is full");
        Reply leaving = Health.of(new FakeSite().site(), lost);
        assertEquals(503, leaving.status());
        assertTrue(leaving.json().contains("\"STORE_UNAVAILABLE\""), leaving.json());
    }
}
