package com.example.otherplacement;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.placement.contract.PlacementContract;

class RoomiestTest {
    @TestFactory
    Stream<DynamicTest> passesTheContract() {
        return PlacementContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.name(), () -> check.run(Roomiest::new, new SplittableRandom(1))));
    }
}
