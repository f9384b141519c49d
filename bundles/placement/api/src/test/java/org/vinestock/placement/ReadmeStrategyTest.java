package org.vinestock.placement;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.placement.contract.PlacementContract;

/** The strategy that the area's README shows. */
class ReadmeStrategyTest {
    private static final class MostMemoryPlacement implements PlacementStrategy {
        @Override
        public Answer<Placement> answer(PlacementQuestion question, Context context) {
            HostScan scan = new HostScan(question, context.snapshot());
            int best = -1;
            for (int row = 0; row < scan.end(); row++) {
                if (scan.fits(row) && (best < 0 || scan.freeMemory(row) > scan.freeMemory(best))) {
                    best = row;
                }
            }
            return scan.answer(best, List.of());
        }
    }

    @TestFactory
    Stream<DynamicTest> keepsThePromise() {
        return PlacementContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.name(), () -> check.run(MostMemoryPlacement::new, new SplittableRandom(11))));
    }
}
