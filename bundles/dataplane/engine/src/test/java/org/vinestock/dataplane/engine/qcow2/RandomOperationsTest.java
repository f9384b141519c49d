package org.vinestock.dataplane.engine.qcow2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vinestock.dataplane.engine.block.Await;
import org.vinestock.dataplane.engine.medium.FaultyMedium;

/** Random images and random requests, against an array of bytes; and the same with a death at every change. */
class RandomOperationsTest {
    private static final int SEEDS = Integer.getInteger("vinestock.seeds", 100);

    @Test
    void holdsWhatAnArrayOfBytesHolds() throws IOException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            long current = seed;
            FaultyMedium medium = new FaultyMedium();
            Trial trial = new Trial(seed, medium);
            try {
                assertTrue(trial.run(60));
                trial.verify(0, trial.model.size());
                assertTrue(trial.closes());
            } catch (AssertionError e) {
                throw new AssertionError("seed " + current + ": " + trial, e);
            }
            CheckReport report = Trial.check(medium);
            assertEquals(List.of(), report.findings(), () -> "seed " + current + ": " + trial);
        }
    }

    @Test
    void losesNothingThatWasAcknowledgedWhenItsProcessDies() throws IOException {
        for (long seed = 1; seed <= SEEDS / 5; seed++) {
            long changes = changes(seed);
            Random random = new Random(seed);
            for (long cut = random.nextInt(4); cut < changes; cut += 1 + random.nextInt(5)) {
                FaultyMedium medium = new FaultyMedium();
                Trial trial = new Trial(seed, medium);
                medium.cutAfter(cut, random.nextInt(3));
                trial.run(25);
                trial.closes();
                check(seed, cut, trial, medium.afterKill(), false);
            }
        }
    }

    @Test
    void losesNothingThatWasFlushedWhenItsMachineDies() throws IOException {
        for (long seed = 1; seed <= SEEDS / 5; seed++) {
            long changes = changes(seed);
            Random random = new Random(seed);
            for (long cut = random.nextInt(4); cut < changes; cut += 1 + random.nextInt(5)) {
                FaultyMedium medium = new FaultyMedium();
                Trial trial = new Trial(seed, medium);
                medium.cutAfter(cut, random.nextInt(3));
                trial.run(25);
                trial.closes();
                for (int i = 0; i < 3; i++) {
                    check(seed, cut, trial, medium.afterPowerLoss(random), true);
                }
            }
        }
    }

    private static long changes(long seed) throws IOException {
        FaultyMedium medium = new FaultyMedium();
        Trial trial = new Trial(seed, medium);
        long before = medium.changes();
        assertTrue(trial.run(25));
        return medium.changes() - before;
    }

    private static void check(long seed, long cut, Trial trial, byte[] left, boolean powerLost) throws IOException {
        String where = "seed " + seed + ", cut after " + cut + (powerLost ? ", power lost: " : ": ") + trial;
        CheckReport report = Trial.check(new FaultyMedium(left));
        assertEquals(0, report.corruptions(), () -> where + report.findings());
        FaultyMedium again = new FaultyMedium(left);
        trial.reopen(again);
        int size = (int) Math.min(trial.model.size(), trial.device().size());
        byte[] content = Await.read(trial.device(), 0, size);
        for (int i = 0; i < size; i++) {
            int at = i;
            boolean fine = trial.model.possible(i, content[i])
                    && (powerLost || content[i] == trial.model.now()[i] || trial.touchedLast(i));
            assertTrue(
                    fine,
                    () -> where + " byte " + at + " is " + content[at] + ", not "
                            + trial.model.now()[at]);
        }
        Await.write(trial.device(), 0, (byte) 1);
        assertTrue(trial.closes());
        CheckReport after = Trial.check(again);
        assertEquals(List.of(), after.findings(), () -> where + " opened again");
    }
}
