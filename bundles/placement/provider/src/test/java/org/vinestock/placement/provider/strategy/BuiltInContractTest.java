package org.vinestock.placement.provider.strategy;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.decision.Strategy;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.contract.PlacementContract;

class BuiltInContractTest {
    @TestFactory
    Stream<DynamicTest> bestFitKeepsThePromise() {
        return tests(BestFitPlacement::new);
    }

    @TestFactory
    Stream<DynamicTest> spreadKeepsThePromise() {
        return tests(SpreadPlacement::new);
    }

    private static Stream<DynamicTest> tests(Supplier<Strategy<PlacementQuestion, Placement, PlacementOutcome>> fresh) {
        return PlacementContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.name(),
                        () -> LongStream.range(0, 5).forEach(seed -> check.run(fresh, new SplittableRandom(seed)))));
    }
}
