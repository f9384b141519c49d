package org.vinestock.kernel.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vinestock.area.Twin;
import org.vinestock.area.TwinSpec;
import org.vinestock.decision.Answer;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.plugin.Worker;
import org.vinestock.kernel.site.Game.GameStrategy;
import org.vinestock.kernel.site.Game.There;
import org.vinestock.model.VinestockException;

@Timeout(60)
class TwinTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant LATER = START.plus(Duration.ofHours(1));

    private static final TwinThreads IMPATIENT = new TwinThreads(Duration.ofMillis(200));

    private GameSite site = new GameSite();
    private ControlPlane plane = site.plane;

    @BeforeEach
    void install() {
        plane.add(new Game("game", "author"));
    }

    /** Only for strategies that hang: on a busy machine a good one might stand still for so long. */
    private void impatient() {
        site = new GameSite(IMPATIENT);
        plane = site.plane;
        install();
    }

    private Twin twin(StrategyRef... active) {
        return plane.twins().build(new TwinSpec(1, START, List.of(active)));
    }

    private static StrategyRef builtIn(String name) {
        return new StrategyRef("game.where", name, "1.0", StrategyRef.BUILT_IN);
    }

    /** Where a piece that stands on 0 goes. */
    private static int moved(Twin twin) {
        GameSite.put(twin.platform(), "p", 0);
        twin.run(twin.platform().scheduler().instant().plus(Duration.ofMinutes(1)), 100_000);
        return GameSite.at(twin.platform(), "p");
    }

    @Test
    void runsTheAreasBesideTheLiveSiteAndSharesNothing() {
        Twin twin = twin();
        assertEquals(START, twin.platform().scheduler().instant());
        assertEquals(7, moved(twin));
        assertTrue(twin.run(LATER, 100_000) < 100_000);
        assertEquals(LATER, twin.platform().scheduler().instant());
        assertEquals(-1, GameSite.at(plane, "p"));
        assertEquals(0, plane.inventory().head().ref().revision());
        twin.close();
        VinestockException ended = assertThrows(VinestockException.class, () -> twin.run(LATER, 1));
        assertEquals(SiteError.TWIN_ENDED, ended.code());
    }

    @Test
    void putsTheWantedStrategiesInForce() {
        assertEquals(8, moved(twin(builtIn("eight"))));
        assertEquals(7, moved(twin(builtIn("seven"))));
        StrategyRef acme = site.vendor("acme", Game.always(9));
        assertEquals(9, moved(twin(acme)));
        assertEquals(7, moved(twin()));
        site.decisions.roster().promote("game.where", "acme", "ann");
        assertEquals(9, moved(twin())); // as the live site
        assertEquals(8, moved(twin(builtIn("eight"))));
    }

    @Test
    void refusesAnUnknownStrategyAndSaysWhatIsThere() {
        String message = assertThrows(IllegalArgumentException.class, () -> twin(builtIn("nine")))
                .getMessage();
        assertEquals(
                "active: game.where/nine@1.0#built-in is unknown; accepted: "
                        + "[game.where/eight@1.0#built-in, game.where/seven@1.0#built-in]",
                message);
    }

    @Test
    void givesBackTheInstancesOfStrategiesWhenItEnds() {
        StrategyRef acme = site.vendor("acme", Game.always(9));
        Twin twin = twin(acme);
        moved(twin);
        assertEquals(List.of(), site.released);
        twin.close();
        assertEquals(1, site.released.size());
    }

    @Test
    void doesTheSameTwiceUnderOneSeed() {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Twin twin = twin();
            for (int piece = 0; piece < 100; piece++) {
                GameSite.put(twin.platform(), "p" + piece, 0);
            }
            long events = twin.run(LATER, 1_000_000);
            runs.add(events + " " + twin.platform().inventory().head().changesSince(0));
        }
        assertEquals(runs.get(0), runs.get(1));
    }

    @Test
    void stopsAfterAsManyEventsAsWanted() {
        Twin twin = twin();
        for (int piece = 0; piece < 1000; piece++) {
            GameSite.put(twin.platform(), "p" + piece, 0);
        }
        assertEquals(1500, twin.run(LATER, 1500));
        assertTrue(twin.platform().scheduler().instant().isBefore(LATER));
    }

    @Test
    void endsATwinWhoseStrategyBlocksAndNamesIt() throws InterruptedException {
        impatient();
        CountDownLatch interrupted = new CountDownLatch(1);
        StrategyRef blocks = site.vendor("blocks", (where, context) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return new Answer<>(new There(5), "late");
        });
        assertHangs(twin(blocks), "blocks@1.0 at game.where did not return within 200 ms");
        interrupted.await();
    }

    @Test
    void endsATwinWhoseStrategySpinsAndGoesOnWithOthers() {
        impatient();
        boolean[] spinning = {true};
        GameStrategy spin = (where, context) -> {
            while (spinning[0]) {
                Thread.onSpinWait();
            }
            return new Answer<>(new There(5), "late");
        };
        Twin hung = twin(site.vendor("spins", spin));
        Twin other = twin();
        assertHangs(hung, "spins@1.0 at game.where did not return");
        assertEquals(7, moved(other));
        assertThrows(VinestockException.class, () -> hung.run(LATER, 1));
        hung.close();
        spinning[0] = false;
    }

    private static void assertHangs(Twin twin, String message) {
        GameSite.put(twin.platform(), "p", 0);
        VinestockException hangs = assertThrows(VinestockException.class, () -> twin.run(LATER, 100_000));
        assertEquals(SiteError.STRATEGY_HANGS, hangs.code());
        assertTrue(hangs.getMessage().startsWith(message), hangs.getMessage());
    }

    @Test
    void tellsACallThatHangsFromManyShortOnes() {
        TwinCalls calls = new TwinCalls();
        TwinWatch watch = new TwinWatch(calls);
        List<Runnable> given = new ArrayList<>();
        Worker worker = calls.watch(builtIn("seven"), new Kept(given));
        worker.execute(() -> {
            for (int call = 0; call < 100; call++) { // one task of a worker, many calls, each over at the next look
                assertNull(watch.look());
                worker.restore();
            }
            for (int look = 1; look < TwinWatch.LOOKS; look++) {
                assertNull(watch.look());
            }
            assertNull(watch.look());
            assertEquals("seven", watch.look().name());
        });
        given.get(0).run();
        assertNull(watch.look());
    }

    /** Keeps tasks instead of running them. */
    private record Kept(List<Runnable> tasks) implements Worker {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public boolean charges(Runnable rest) {
            return false;
        }

        @Override
        public void urgent(boolean urgent) {}

        @Override
        public void restore() {}

        @Override
        public void end() {}

        @Override
        public void abandon() {}

        @Override
        public String name() {
            return "kept";
        }

        @Override
        public String stack() {
            return "";
        }
    }

    @Test
    void hasNoTwinsOfItsOwn() {
        Twin twin = twin();
        assertFalse(assertThrows(
                        VinestockException.class,
                        () -> twin.platform().twins().build(new TwinSpec(1, START, List.of())))
                .getMessage()
                .isEmpty());
    }
}
