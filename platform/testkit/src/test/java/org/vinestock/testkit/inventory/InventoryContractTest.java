package org.vinestock.testkit.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.testkit.Contracts;
import org.vinestock.testkit.Seeds;
import org.vinestock.testkit.simulation.SimulatedDisk;
import org.vinestock.testkit.simulation.SimulatedStore;

class InventoryContractTest {
    @TestFactory
    Stream<DynamicTest> holdsForAnInventoryInMemory() {
        return Contracts.of(getClass(), InventoryContract.checks(), InventoryContractTest::memory);
    }

    @TestFactory
    Stream<DynamicTest> holdsForAnInventoryThatTakesItsTime() {
        return Contracts.of(getClass(), InventoryContract.checks(), InventoryContractTest::delayed);
    }

    @TestFactory
    Stream<DynamicTest> agreesWithANaiveInventoryUnderManySeeds() {
        return Seeds.of(getClass(), 20, seed -> {
            NaiveComparison.run(new InventoryTrial(memory(), Seeds.random(seed, "naive")));
            NaiveComparison.run(new InventoryTrial(delayed(), Seeds.random(seed, "naive")));
        });
    }

    @ParameterizedTest
    @EnumSource
    void findsEveryFault(FaultyInventory.Fault fault) {
        List<String> broken = Contracts.broken(
                InventoryContract.checks(), () -> new SimulatedTrial(1, scheduler -> new FaultyInventory(fault)));
        assertFalse(broken.isEmpty(), () -> fault + " was not found");
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertEquals(List.of(), Contracts.broken(InventoryContract.checks(), InventoryContractTest::memory));
    }

    private static TriedInventory memory() {
        return new SimulatedTrial(1, new MemoryInventories()::memory);
    }

    private static TriedInventory delayed() {
        return new SimulatedTrial(1, scheduler -> {
            RandomGenerator random = scheduler.random("delays");
            return new SimulatedStore(scheduler, new SimulatedDisk(), () -> Duration.ofMillis(random.nextInt(20)));
        });
    }
}
