package org.vinestock.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vinestock.task.TaskStatus;
import org.vinestock.testkit.Seeds;
import org.vinestock.testkit.simulation.Simulation;

/** Small sites with arrivals, departures and failures, under some hundred seeds. */
class SiteSimulationTest {
    private static final int SEEDS = 200;
    private static final int SEEDS_FOR_A_FAULT = 20;

    @TestFactory
    Stream<DynamicTest> keepsEveryInvariantAndRunsTheSameAgain() {
        return Seeds.of(getClass(), SEEDS, seed -> runTwice(seed, Setup.SOUND));
    }

    /** Among them a host that came back before it was durable that it was down, and copies of VMs deleted meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {125, 421, 4611, 6432, 6630, 6837})
    void keepsEveryInvariantUnderSeedsThatFailedOnce(long seed) {
        runTwice(seed, Setup.SOUND);
    }

    private static void runTwice(long seed, Setup setup) {
        String first = Scenario.run(seed, setup, true).trace();
        String second = Scenario.run(seed, setup, false).trace();
        if (!first.equals(second)) {
            throw new AssertionError("the second run went another way:\n" + firstDifference(first, second));
        }
    }

    private static String firstDifference(String first, String second) {
        List<String> one = first.lines().toList();
        List<String> other = second.lines().toList();
        int line = 0;
        while (line < Math.min(one.size(), other.size()) && one.get(line).equals(other.get(line))) {
            line++;
        }
        return (line < one.size() ? one.get(line) : "the end")
                + '\n'
                + (line < other.size() ? other.get(line) : "the end");
    }

    @Test
    void goesAnotherWayUnderAnotherSeed() {
        assertNotEquals(
                Scenario.run(1, Setup.SOUND, false).trace(),
                Scenario.run(2, Setup.SOUND, false).trace());
    }

    @Test
    void triesWhatItClaimsToTry() {
        Map<String, Integer> ended = new TreeMap<>();
        StringBuilder messages = new StringBuilder();
        for (long seed = 1; seed <= 50; seed++) {
            Simulation site = Scenario.run(seed, Setup.SOUND, false);
            for (TaskStatus task : site.tasks().newest(10_000)) {
                ended.merge(task.operation() + ' ' + task.state(), 1, Integer::sum);
                messages.append(task.message()).append('\n');
            }
        }
        for (String each : List.of(
                "vm.create DONE",
                "vm.create FAILED",
                "vm.create CANCELLED",
                "vm.delete DONE",
                "vm.stop FAILED",
                "vm.recover DONE",
                "vm.recover FAILED",
                "vm.start DONE",
                "vm.stop DONE",
                "lab.fail DONE",
                "lab.heal DONE",
                "host.maintenance DONE")) {
            assertTrue(ended.getOrDefault(each, 0) > 0, each + " never happened: " + ended);
        }
        for (String each : List.of("does not answer", "by rule", "full")) {
            assertTrue(messages.indexOf(each) >= 0, () -> "nobody was told: " + each);
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsEveryPlantedFaultAndFindsItAgain(Fault fault) {
        for (long seed = 1; seed <= SEEDS_FOR_A_FAULT; seed++) {
            String found = failure(seed, fault);
            if (found != null && found.contains(fault.foundBy())) {
                if (fault != Fault.GOES_ANOTHER_WAY_EACH_TIME) {
                    assertEquals(found, failure(seed, fault));
                }
                return;
            }
        }
        throw new AssertionError(fault + " was not found by \"" + fault.foundBy() + "\"");
    }

    private static @Nullable String failure(long seed, Fault fault) {
        try {
            runTwice(seed, fault.setup());
            return null;
        } catch (AssertionError failure) {
            assertNotNull(failure.getMessage());
            return failure.getMessage();
        }
    }
}
