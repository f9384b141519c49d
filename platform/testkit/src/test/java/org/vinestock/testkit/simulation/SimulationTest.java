package org.vinestock.testkit.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.time.Lane;

class SimulationTest {
    private record Beat(HostId id, long number) {}

    private static final Kind<Beat> BEAT = new Kind<>("beat", Beat.class);
    private static final HostId ID = new HostId("heart");

    /** Commits a random number at random times. */
    private record Heart() implements Area {
        @Override
        public String name() {
            return "heart";
        }

        @Override
        public Parts build(Platform platform) {
            RandomGenerator random = platform.scheduler().random("heart");
            beatLater(platform, platform.scheduler().lane("heart"), random);
            return new Parts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), () -> {});
        }

        private static void beatLater(Platform platform, Lane lane, RandomGenerator random) {
            platform.scheduler().after(Duration.ofMillis(random.nextInt(1000)), lane, () -> {
                put(platform, random.nextInt(100));
                beatLater(platform, lane, random);
            });
        }
    }

    private static CompletionStage<Commit> put(Platform platform, long number) {
        long basis = platform.inventory().head().ref().revision();
        Change change = new Change.Put<>(BEAT, ID, new Beat(ID, number));
        return platform.inventory().commit(new ChangeSet(basis, List.of(change)));
    }

    @Test
    void runsTheSameUnderTheSameSeed() {
        assertEquals(trace(7), trace(7));
        assertNotEquals(trace(7), trace(8));
    }

    private static String trace(long seed) {
        Simulation site = Simulation.under(seed)
                .durableWithin(Duration.ofMillis(30))
                .area(new Heart())
                .build();
        site.run(Duration.ofMinutes(1));
        assertTrue(site.head().ref().revision() > 60);
        return site.trace();
    }

    @Test
    void saysWhenAnInvariantBroke() {
        Simulation site = Simulation.under(1).area(new Heart()).build();
        site.invariant(simulation -> {
            if (simulation.head().ref().revision() >= 3) {
                throw new AssertionError("three beats");
            }
        });
        String message = assertThrows(AssertionError.class, () -> site.run(Duration.ofMinutes(1)))
                .getMessage();
        assertTrue(message.startsWith("at 2026-11-01T00:00:0"), message);
        assertTrue(message.contains(", revision 3, sample 0, event "), message);
        assertTrue(message.contains(": three beats\n"), message);
        assertTrue(message.contains("revision 3: [Put[kind=beat"), message);
    }

    @Test
    void failsWhenATaskOfALaneFails() {
        Simulation site = Simulation.under(1).build();
        site.scheduler().lane("fragile").execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        String message = assertThrows(AssertionError.class, () -> site.run(Duration.ZERO))
                .getMessage();
        assertTrue(
                message.contains("a task of lane fragile failed: java.lang.IllegalStateException: on purpose"),
                message);
    }

    @Test
    void waitsInSimulatedTimeUntilAChangeIsDurable() {
        Simulation site = Simulation.under(1)
                .durableAfter(random -> Duration.ofMinutes(2))
                .build();
        CompletionStage<Commit> commit = put(site.platform(), 1);
        assertEquals(0, site.inventory().committed().ref().revision());
        assertEquals(new Commit.Done(1), site.await(commit));
        assertEquals(
                Simulation.START.plus(Duration.ofMinutes(2)), site.scheduler().instant());
        assertEquals(1, site.inventory().committed().ref().revision());
    }

    @Test
    void goesOnAfterADeathWithWhatWasDurable() {
        Simulation site = Simulation.under(1)
                .durableAfter(random -> Duration.ofMillis(100))
                .build();
        List<Long> fired = new ArrayList<>();
        site.platform()
                .scheduler()
                .after(Duration.ofSeconds(1), site.platform().scheduler().lane("old"), () -> fired.add(1L));
        site.scheduler().after(Duration.ofSeconds(1), site.scheduler().lane("world"), () -> fired.add(2L));
        site.await(put(site.platform(), 1));
        CompletionStage<Commit> inFlight = put(site.platform(), 2);
        CompletionStage<Commit> behindIt = put(site.platform(), 3);
        site.kill();
        assertFalse(site.alive());
        site.run(Duration.ofSeconds(2));
        assertEquals(List.of(2L), fired, "the world goes on, the process does not");
        assertFalse(inFlight.toCompletableFuture().isDone()
                || behindIt.toCompletableFuture().isDone());

        site.boot();
        assertTrue(site.alive());
        Beat kept = site.head().rows(BEAT).find(ID).orElseThrow();
        assertTrue(kept.number() == 1 || kept.number() == 2, kept.toString());
        assertEquals(kept.number(), site.head().ref().revision());
        assertEquals(new Commit.Done(kept.number() + 1), site.await(put(site.platform(), 4)));
    }

    @Test
    void losesWhatWasAcknowledgedOnlyOnAFaultyDisk() {
        assertEquals(3, revisionAfterADeath(new SimulatedDisk()));
        assertEquals(1, revisionAfterADeath(new SimulatedDisk(2)));
    }

    private static long revisionAfterADeath(SimulatedDisk disk) {
        Simulation site = Simulation.under(1).disk(disk).build();
        for (int i = 1; i <= 3; i++) {
            site.await(put(site.platform(), i));
        }
        site.kill();
        site.boot();
        return site.head().ref().revision();
    }

    @Test
    void doesNotWaitForEver() {
        Simulation site = Simulation.under(1).build();
        String message = assertThrows(AssertionError.class, () -> site.await(new CompletableFuture<>()))
                .getMessage();
        assertTrue(message.contains("a stage is not complete after PT1H"), message);
    }
}
