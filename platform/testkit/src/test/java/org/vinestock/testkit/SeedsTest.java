package org.vinestock.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Check;

class SeedsTest {
    @Test
    void makesATestOfEachSeed() throws Throwable {
        List<Long> seen = new ArrayList<>();
        for (DynamicTest test : Seeds.of(getClass(), 3, seen::add).toList()) {
            test.getExecutable().execute();
        }
        assertEquals(Seeds.seeds(3).boxed().toList(), seen);
    }

    @Test
    void saysHowAFailingSeedIsRunAgain() {
        IllegalStateException cause = new IllegalStateException("two owners of vm-7");
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> Seeds.run(getClass(), 17, seed -> {
                    throw cause;
                }));
        assertSame(cause, failure.getCause());
        String message = failure.getMessage();
        assertTrue(message.startsWith("seed 17: two owners of vm-7\n"), message);
        String line = message.substring(message.indexOf("mvn "));
        assertEquals(
                "mvn -o -q -pl platform/testkit -am test -Dtest=SeedsTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dvinestock.seed=17",
                line);
    }

    @Test
    void givesTheSameNumbersForTheSameSeedAndPurpose() {
        assertEquals(
                Seeds.random(5, "arrivals").nextLong(),
                Seeds.random(5, "arrivals").nextLong());
        assertNotEquals(
                Seeds.random(5, "arrivals").nextLong(),
                Seeds.random(6, "arrivals").nextLong());
    }

    @Test
    void refusesAContractWithoutAPromise() {
        assertThrows(
                IllegalArgumentException.class, () -> Contracts.of(getClass(), List.<Check<String>>of(), () -> ""));
    }

    @Test
    void triesEachPromiseUnderAFewSeeds() throws Throwable {
        List<Long> drawn = new ArrayList<>();
        Check<String> check = new Check<>() {
            @Override
            public String name() {
                return "draws";
            }

            @Override
            public void run(Supplier<String> fresh, RandomGenerator random) {
                drawn.add(random.nextLong());
            }
        };
        Stream<DynamicTest> tests = Contracts.of(getClass(), List.of(check), () -> "");
        for (DynamicTest test : tests.toList()) {
            assertEquals("draws", test.getDisplayName());
            test.getExecutable().execute();
        }
        assertEquals(Seeds.seeds(5).count(), drawn.stream().distinct().count());
    }
}
