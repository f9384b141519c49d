package org.vinestock.placement.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Check;
import org.vinestock.decision.Context;
import org.vinestock.decision.Outcome;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.HostId;
import org.vinestock.model.ObjectId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/** Every check can fail: each is held against strategies that are wrong in one way. */
class PlacementContractTest {
    /** Right but for the rules that it does not mind; takes the first host that is left. */
    private static class Careless implements PlacementStrategy {
        private final List<String> ignored;

        Careless(String... ignored) {
            this.ignored = List.of(ignored);
        }

        @Override
        public Answer<Placement> answer(PlacementQuestion question, Context context) {
            return choose(question, context.snapshot());
        }

        Answer<Placement> choose(PlacementQuestion question, Snapshot snapshot) {
            for (int row = 0; row < snapshot.hosts().end(); row++) {
                HostId host = snapshot.hosts().id(row);
                List<String> wrong = new ArrayList<>(NaiveRules.wrong(question, host, snapshot));
                wrong.removeIf(rule -> ignored.contains(rule) || (ignored.contains("rules") && isRule(rule)));
                if (wrong.isEmpty()) {
                    return new Answer<>(new Placement.Placed(host), "the first");
                }
            }
            return new Answer<>(new Placement.Refused("none fits"), "none");
        }

        private static boolean isRule(String rule) {
            return !List.of("down", "maintenance", "cluster", "avoid", "only", "capacity", "unknown")
                    .contains(rule);
        }
    }

    /** Sees the site as it was when it was asked first. */
    private static final class Stale extends Careless {
        private Snapshot first;

        @Override
        Answer<Placement> choose(PlacementQuestion question, Snapshot snapshot) {
            if (first == null || first.hosts().end() == 0) {
                first = snapshot;
            }
            return super.choose(question, first);
        }
    }

    /** Shares what it saw first among all instances. */
    private static final class Sharing extends Careless {
        private final List<Snapshot> shared;

        Sharing(List<Snapshot> shared) {
            this.shared = shared;
        }

        @Override
        Answer<Placement> choose(PlacementQuestion question, Snapshot snapshot) {
            if (shared.isEmpty()) {
                shared.add(snapshot);
            }
            return super.choose(question, shared.get(0));
        }
    }

    /** Refuses everything. */
    private static final class Refusing implements PlacementStrategy {
        @Override
        public Answer<Placement> answer(PlacementQuestion question, Context context) {
            return new Answer<>(new Placement.Refused("no"), "no");
        }
    }

    /** Says nothing. */
    private static final class Silent extends Careless {
        @Override
        Answer<Placement> choose(PlacementQuestion question, Snapshot snapshot) {
            Placement choice = super.choose(question, snapshot).choice();
            return new Answer<>(choice instanceof Placement.Refused ? new Placement.Refused("") : choice, "");
        }
    }

    /** Gives a different reason each time. */
    private static final class Fickle extends Careless {
        private static int asked;

        @Override
        Answer<Placement> choose(PlacementQuestion question, Snapshot snapshot) {
            return new Answer<>(super.choose(question, snapshot).choice(), "answer " + asked++);
        }
    }

    /** Needs a host. */
    private static final class Dividing extends Careless {
        @Override
        Answer<Placement> choose(PlacementQuestion question, Snapshot snapshot) {
            return 1 / snapshot.hosts().end() > 1
                    ? new Refusing().answer(question, null)
                    : super.choose(question, snapshot);
        }
    }

    /** Needs to know what changed. */
    private static final class Trusting extends Careless {
        private long revision = -1;

        @Override
        Answer<Placement> choose(PlacementQuestion question, Snapshot snapshot) {
            if (revision >= 0 && snapshot.changesSince(revision).isEmpty()) {
                throw new IllegalStateException("what changed?");
            }
            revision = snapshot.ref().revision();
            return super.choose(question, snapshot);
        }
    }

    /** Looks at a hundred hosts only. */
    private static final class ShortSighted extends Careless {
        @Override
        Answer<Placement> choose(PlacementQuestion question, Snapshot snapshot) {
            Answer<Placement> answer = super.choose(question, snapshot);
            return answer.choice() instanceof Placement.Placed placed
                            && snapshot.hosts().row(placed.host()) >= 100
                    ? new Refusing().answer(question, null)
                    : answer;
        }
    }

    /** Cannot bear outcomes. */
    private static final class Touchy extends Careless {
        @Override
        public void observe(Outcome<PlacementOutcome> outcome) {
            throw new IllegalStateException("outcome");
        }

        @Override
        public void forget(ObjectId subject) {
            throw new IllegalStateException("forget");
        }
    }

    private static SortedMap<String, Supplier<Strategy<PlacementQuestion, Placement, PlacementOutcome>>> wrong() {
        SortedMap<String, Supplier<Strategy<PlacementQuestion, Placement, PlacementOutcome>>> wrong = new TreeMap<>();
        for (String ignored : List.of("capacity", "down", "maintenance", "cluster", "avoid", "only", "rules")) {
            wrong.put("ignores " + ignored, () -> new Careless(ignored));
        }
        List<Snapshot> shared = new ArrayList<>();
        wrong.put("sharing", () -> new Sharing(shared));
        wrong.put("stale", Stale::new);
        wrong.put("refusing", Refusing::new);
        wrong.put("silent", Silent::new);
        wrong.put("fickle", Fickle::new);
        wrong.put("dividing", Dividing::new);
        wrong.put("trusting", Trusting::new);
        wrong.put("short-sighted", ShortSighted::new);
        wrong.put("touchy", Touchy::new);
        return wrong;
    }

    @TestFactory
    Stream<DynamicTest> everyCheckFailsForSomeStrategy() {
        return PlacementContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.name(), () -> {
                    List<String> caught = new ArrayList<>();
                    wrong().forEach((name, fresh) -> {
                        if (fails(check, fresh)) {
                            caught.add(name);
                        }
                    });
                    assertTrue(!caught.isEmpty(), "no wrong strategy fails it");
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyWrongStrategyIsCaught() {
        return wrong().entrySet().stream()
                .map(wrong -> DynamicTest.dynamicTest(
                        wrong.getKey(),
                        () -> assertTrue(PlacementContract.checks().stream()
                                .anyMatch(check -> fails(check, wrong.getValue())))));
    }

    @TestFactory
    Stream<DynamicTest> aSlowButRightStrategyPasses() {
        return PlacementContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(
                        check.name(), () -> check.run(() -> new Careless(), new SplittableRandom(3))));
    }

    @Test
    void namesAreSentencesAndDifferent() {
        TreeSet<String> names = new TreeSet<>();
        PlacementContract.checks().forEach(check -> names.add(check.name()));
        assertEquals(PlacementContract.checks().size(), names.size());
    }

    private static boolean fails(
            Check<Strategy<PlacementQuestion, Placement, PlacementOutcome>> check,
            Supplier<Strategy<PlacementQuestion, Placement, PlacementOutcome>> fresh) {
        try {
            check.run(fresh, new SplittableRandom(3));
            return false;
        } catch (AssertionError | RuntimeException e) {
            return true;
        }
    }
}
