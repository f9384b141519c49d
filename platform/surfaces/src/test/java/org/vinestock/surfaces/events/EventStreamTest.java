package org.vinestock.surfaces.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.model.Kind;
import org.vinestock.model.VmId;
import org.vinestock.surfaces.site.FakeFeed;
import org.vinestock.surfaces.site.FakeSite;

class EventStreamTest {
    private static final Kind<FakeSite.Which> KIND = new Kind<>("vm", FakeSite.Which.class);
    private static final Change PUT = new Change.Put<>(KIND, new VmId("vm-1"), new FakeSite.Which(new VmId("vm-1")));
    private static final Change REMOVED = new Change.Removed(KIND, new VmId("vm-2"));

    private final FakeSite fake = new FakeSite();
    private final FakeFeed feed = new FakeFeed();

    private EventStream listen(String lastId) {
        return new EventStream(fake.site(), feed, lastId);
    }

    private String told(EventStream stream) {
        return new String(stream.tell(new Bulletin(fake.site(), feed)), StandardCharsets.UTF_8);
    }

    @Test
    void whoeverIsAtTheSamePlaceIsToldTheSameBytes() {
        EventStream first = listen("7.0");
        EventStream second = listen("7.0");
        EventStream behind = listen("5.0");
        fake.revision = 9;
        fake.changes = Optional.of(List.of(PUT, REMOVED));
        feed.lines.add(FakeFeed.line(1, null));
        Bulletin bulletin = new Bulletin(fake.site(), feed);
        byte[] told = first.tell(bulletin);
        assertSame(told, second.tell(bulletin));
        assertTrue(new String(behind.tell(bulletin), StandardCharsets.UTF_8).contains("\"since\":5,"));
        assertEquals(0, first.tell(bulletin).length);
        assertEquals("", told(behind));
    }

    @Test
    void beginsWithLookingAnewAndIsSilentWhileNothingHappens() {
        EventStream stream = listen(null);
        assertEquals(
                "event: anew\nid: 7.0\ndata: {\"revision\":7,\"reason\":\"this is the beginning\"}\n\n", told(stream));
        assertEquals("", told(stream));
    }

    @Test
    void tellsWhatWasPutAndRemoved() {
        EventStream stream = listen("7.0");
        fake.revision = 9;
        fake.changes = Optional.of(List.of(PUT, REMOVED));
        assertEquals(
                "event: changes\nid: 9.0\ndata: {\"since\":7,\"revision\":9,\"changes\":["
                        + "{\"kind\":\"vm\",\"id\":\"vm-1\",\"value\":{\"id\":\"vm-1\"}},"
                        + "{\"kind\":\"vm\",\"id\":\"vm-2\",\"removed\":true}]}\n\n",
                told(stream));
    }

    @Test
    void goesOnWhereAListenerWas() {
        fake.changes = Optional.of(List.of(REMOVED));
        assertTrue(told(listen("5.0")).startsWith("event: changes\nid: 7.0\ndata: {\"since\":5,"));
    }

    @Test
    void sendsWhoIsTooSlowToLookAnew() {
        fake.changes = Optional.empty();
        assertTrue(told(listen("2.0")).contains("the changes since 2 are no longer known"));
        fake.changes = Optional.of(Collections.nCopies(Bulletin.MOST_CHANGES + 1, REMOVED));
        assertTrue(told(listen("2.0")).startsWith("event: anew\n"));
    }

    @Test
    void sendsWhoKnewAnotherInventoryToLookAnew() {
        assertTrue(told(listen("90000.5")).startsWith("event: anew\nid: 7.0\n"));
    }

    @Test
    void tellsDecisionsAndHowManyWereLeftOut() {
        EventStream stream = listen("7.0");
        for (int i = 1; i <= 80; i++) {
            feed.lines.add(FakeFeed.line(i, null));
        }
        String told = told(stream);
        assertTrue(
                told.startsWith("event: decisions\nid: 7.80\ndata: {\"leftOut\":30,\"decisions\":[{\"id\":\"d-31\""),
                told);
        assertEquals("", told(stream));
    }

    @Test
    void refusesAnIdThatItNeverGave() {
        assertThrows(IllegalArgumentException.class, () -> listen("yesterday"));
    }
}
