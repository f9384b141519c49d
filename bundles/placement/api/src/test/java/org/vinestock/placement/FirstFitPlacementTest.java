package org.vinestock.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.placement.contract.PlacementContract;

class FirstFitPlacementTest {
    @TestFactory
    Stream<DynamicTest> keepsThePromise() {
        return PlacementContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.name(), () -> check.run(FirstFitPlacement::new, new SplittableRandom(7))));
    }

    @Test
    void hasFortyOnePromisesToKeep() {
        assertEquals(41, PlacementContract.checks().size());
    }
}
