package com.acme.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Budget;
import org.vinestock.decision.Context;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.contract.PlacementContract;
import org.vinestock.placement.contract.PlacementSite;

class EveningPlacementTest {
    private record Given(Snapshot snapshot, Instant askedAt, Budget budget) implements Context {}

    @TestFactory
    Stream<DynamicTest> passesTheContract() {
        return PlacementContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.name(), () -> check.run(EveningPlacement::new, new SplittableRandom(1))));
    }

    @Test
    void putsAVmWithMuchMemoryWhereMemoryIsToSpare() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 3, 8, 32);
        site.vm("a", "z1-r1-h01", 4, 16, Labels.NONE).vm("b", "z1-r1-h02", 5, 4, Labels.NONE);

        Answer<Placement> answer = ask(site, 1, 12);

        assertEquals("z1-r1-h02", answer.choice().toString());
        assertEquals("3 hosts: 3 fit; evens out cores and memory", answer.because());
        assertEquals("z1-r1-h01", answer.alternatives().get(0).choice().toString());
    }

    @Test
    void putsAVmWithManyCoresWhereCoresAreToSpare() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 3, 8, 32);
        site.vm("a", "z1-r1-h01", 4, 16, Labels.NONE).vm("b", "z1-r1-h02", 1, 20, Labels.NONE);

        assertEquals("z1-r1-h02", ask(site, 3, 2).choice().toString());
    }

    @Test
    void takesTheFullestWhereItMakesNoDifference() {
        PlacementSite site = new PlacementSite().hosts(1, 1, 3, 8, 32);
        site.vm("a", "z1-r1-h02", 4, 16, Labels.NONE).vm("b", "z1-r1-h03", 2, 8, Labels.NONE);

        Answer<Placement> answer = ask(site, 1, 4);

        assertEquals("z1-r1-h02", answer.choice().toString());
        assertEquals("3 hosts: 3 fit; the fullest", answer.because());
    }

    @Test
    void refusesAVmThatNoHostCanTake() {
        Answer<Placement> answer = ask(new PlacementSite().hosts(1, 1, 2, 8, 32), 9, 1);

        assertEquals("refused", answer.choice().toString());
        assertEquals("2 hosts: 0 fit, 2 full", answer.because());
    }

    private static Answer<Placement> ask(PlacementSite site, long cores, long gib) {
        PlacementQuestion question =
                new PlacementQuestion(new VmId("new"), cores * 1000, ByteCount.ofGib(gib), Labels.NONE);
        Budget budget = new Budget(1, 1_000, Duration.ofMillis(5));
        return new EveningPlacement().answer(question, new Given(site.snapshot(), Instant.EPOCH, budget));
    }
}
