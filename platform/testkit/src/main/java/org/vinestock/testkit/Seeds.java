package org.vinestock.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.kernel.schedule.Chance;

/**
 * Runs a test under many seeds, a JUnit test each. A seed that fails says with which command it is run again, alone.
 *
 * <p>{@code -Dvinestock.seed=17} runs that seed only, {@code -Dvinestock.seeds=5000} the first so many instead of what
 * the test asks for.
 */
public final class Seeds {
    /** Runs only this seed. */
    public static final String SEED = "vinestock.seed";

    /** Runs this many seeds. */
    public static final String COUNT = "vinestock.seeds";

    /** A test that leaves everything open to one seed. */
    @ConsumerType
    @FunctionalInterface
    public interface Seeded {
        /** Runs under a seed. */
        void run(long seed) throws Exception;
    }

    private Seeds() {}

    /**
     * Makes a JUnit test a seed.
     *
     * @param test the class that calls, for the command
     * @param count how many seeds, unless a property says otherwise
     */
    public static Stream<DynamicTest> of(Class<?> test, int count, Seeded body) {
        return seeds(count).mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> run(test, seed, body)));
    }

    /** Returns the seeds to run: 1 to {@code count}, unless a property says otherwise. */
    public static LongStream seeds(int count) {
        Long only = Long.getLong(SEED);
        return only != null ? LongStream.of(only) : LongStream.rangeClosed(1, Integer.getInteger(COUNT, count));
    }

    /** Runs under one seed; a failure carries the command that replays it. */
    public static void run(Class<?> test, long seed, Seeded body) {
        try {
            body.run(seed);
        } catch (Throwable failure) {
            throw new AssertionError(
                    "seed " + seed + ": " + failure.getMessage() + "\n  replay: " + replay(test, seed), failure);
        }
    }

    /** Returns a generator under a seed, for a purpose. */
    public static RandomGenerator random(long seed, String purpose) {
        return Chance.generator(seed, purpose);
    }

    /** The one line, from the root of the repository, that runs one seed of one test again. */
    static String replay(Class<?> test, long seed) {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path root = module;
        while (root != null && !Files.isDirectory(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        String of = root == null || root.equals(module) ? "" : " -pl " + root.relativize(module) + " -am";
        return "mvn -o -q" + of + " test -Dtest=" + test.getSimpleName() + " -Dsurefire.failIfNoSpecifiedTests=false -D"
                + SEED + "=" + seed;
    }
}
