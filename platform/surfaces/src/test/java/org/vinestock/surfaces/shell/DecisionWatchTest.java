package org.vinestock.surfaces.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.surfaces.shell.DecisionWatch.Watch;
import org.vinestock.surfaces.site.FakeFeed;
import org.vinestock.surfaces.text.Table;

class DecisionWatchTest {
    private final FakeFeed feed = new FakeFeed();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private void watch(Watch watch) throws InterruptedException {
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Table.UNLIMITED,
                false,
                () -> {});
        new DecisionWatch(feed, Runnable::run, new JsonCodec(), screen).run(watch);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsALineADecisionAndEndsAfterItsCount() throws InterruptedException {
        feed.lines.add(FakeFeed.line(1, null));
        feed.soon.add(FakeFeed.line(2, null));
        feed.soon.add(FakeFeed.line(3, null));
        watch(new Watch(1, null, false));
        assertEquals(
                "place vm-2 -> z1-r2-h07  best-fit@1.0  38 us  24 hosts: 19 fit, 3 full, 2 by rule web-apart\n", out());
    }

    @Test
    void alignsALineWithThoseBefore() throws InterruptedException {
        feed.soon.add(FakeFeed.line(10, null));
        feed.soon.add(FakeFeed.line(2, null));
        watch(new Watch(2, null, false));
        assertEquals("""
                place vm-10 -> z1-r2-h07  best-fit@1.0  38 us  24 hosts: 19 fit, 3 full, 2 by rule web-apart
                place vm-2  -> z1-r2-h07  best-fit@1.0  38 us  24 hosts: 19 fit, 3 full, 2 by rule web-apart
                """, out());
    }

    @Test
    void saysWhyTheFallbackAnswered() throws InterruptedException {
        feed.soon.add(FakeFeed.line(1, "acme@1.1 missed its deadline of 5 ms"));
        watch(new Watch(1, null, false));
        assertTrue(out().endsWith("  fallback: acme@1.1 missed its deadline of 5 ms\n"), out());
    }

    @Test
    void saysHowManyItCouldNotShow() throws InterruptedException {
        feed.soon.add(FakeFeed.line(500, null));
        watch(new Watch(1, null, false));
        assertEquals(
                "... 499 more, too many to show",
                err.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void printsOnlyThePointAskedFor() throws InterruptedException {
        feed.soon.add(FakeFeed.line(1, null));
        feed.soon.add(FakeFeed.line(2, null));
        watch(new Watch(2, "placement.place", true));
        assertEquals(2, out().lines().count());
        assertTrue(out().startsWith("{\"id\":\"d-1\","), out());
    }

    @Test
    void refusesACountOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Watch(0, null, false));
    }
}
