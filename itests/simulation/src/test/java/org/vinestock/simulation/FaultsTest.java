package org.vinestock.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vinestock.simulation.fault.Fault;

/** Planted faults are found, by the invariant that is there for them, and found again; and what fails is shrunk. */
class FaultsTest {
    private static final int SEEDS_FOR_A_FAULT = 400;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GOES_THE_WAY_OF_A_JVM")
    void findsEveryPlantedFaultAndFindsItAgain(Fault fault) {
        for (long seed = 1; seed <= SEEDS_FOR_A_FAULT; seed++) {
            Story story = Storyteller.story(seed);
            Verdict verdict = Verdict.on(story, fault.setup(), true);
            if (fault.foundBy().equals(verdict.broke())) {
                assertEquals(
                        fault.foundBy(), Verdict.on(story, fault.setup(), true).broke());
                return;
            }
        }
        throw new AssertionError(fault + " was not found by \"" + fault.foundBy() + "\"");
    }

    @Test
    void shrinksALongStoryToAHandful() {
        Setup faulty = Fault.LETS_OLD_EPOCHS_THROUGH.setup();
        for (long seed = 1; seed <= SEEDS_FOR_A_FAULT; seed++) {
            Story story = Storyteller.story(seed, 200);
            Verdict verdict = Verdict.on(story, faulty, false);
            if ("epochs".equals(verdict.broke())) {
                Story small = Shrinker.of(verdict, faulty).shrink(story);
                assertTrue(small.happenings().size() <= 6, small.text());
                assertEquals("epochs", Verdict.on(small, faulty, false).broke());
                assertEquals(null, Verdict.on(small, Setup.SOUND, true).broke());
                return;
            }
        }
        throw new AssertionError("found under no seed");
    }
}
