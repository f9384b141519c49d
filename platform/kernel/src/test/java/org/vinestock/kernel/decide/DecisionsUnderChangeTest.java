package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Decision;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.canary.Condition;
import org.vinestock.kernel.canary.Share;
import org.vinestock.kernel.canary.Terms;
import org.vinestock.kernel.canary.Then;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.decide.Toy.ToyStrategy;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;

/** Questions come while strategies come, go, change states and misbehave, under hundreds of seeds. */
class DecisionsUnderChangeTest {
    private static final int SEEDS = Integer.getInteger("vinestock.seeds", 200);

    @Test
    void everyQuestionIsAnsweredOnceWhateverHappens() {
        long first = Long.getLong("vinestock.seed", 0);
        for (long seed = first; seed < first + SEEDS; seed++) {
            try {
                new Run(seed).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + "; again with -Dvinestock.seed=" + seed, e);
            }
        }
    }

    @Test
    void sameSeedSameDecisions() {
        List<String> once = new Run(42).play();
        List<String> again = new Run(42).play();
        assertEquals(once, again);
    }

    @Test
    void fiftyPromotionsAndRollbacksUnderLoadLoseNoCall() {
        ToySite site = ToySite.withBuiltIns(5);
        site.charges.put("acme@1.0", Duration.ofMillis(1));
        site.vendor("acme", "1.0", Toy.fitting(false));
        List<CompletableFuture<Decision<Chosen>>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            load(site, asked);
            assertTrue(site.promote("acme@1.0").endsWith(", 0 calls lost"));
            load(site, asked);
            assertTrue(site.rollback().endsWith(", 0 calls lost"));
        }
        site.run(Duration.ofSeconds(1));
        int byAcme = 0;
        for (CompletableFuture<Decision<Chosen>> each : asked) {
            byAcme += each.getNow(null).by().name().equals("acme") ? 1 : 0;
        }
        assertTrue(byAcme > 50, byAcme + " by acme");
        site.checkInvariants(asked.size());
    }

    private static void load(ToySite site, List<CompletableFuture<Decision<Chosen>>> asked) {
        for (int i = 0; i < 10; i++) {
            asked.add(site.ask(1));
            site.run(Duration.ofNanos(700_000));
        }
    }

    private static final class Run {
        private final SplittableRandom random;
        private final ToySite site;
        private final List<CompletableFuture<Decision<Chosen>>> asked = new ArrayList<>();
        private final List<StrategyRef> vendors = new ArrayList<>();
        private int versions;
        private int grown;

        Run(long seed) {
            random = new SplittableRandom(seed);
            site = ToySite.withBuiltIns(seed);
            site.commit(Toy.box("c", 500), Toy.box("d", 500));
        }

        List<String> play() {
            for (int i = 0; i < 150; i++) {
                step();
                if (random.nextInt(3) == 0) {
                    site.run(Duration.ofNanos(random.nextInt(6_000_000)));
                }
            }
            site.run(Duration.ofSeconds(30));
            List<String> decided = new ArrayList<>();
            for (CompletableFuture<Decision<Chosen>> each : asked) {
                assertTrue(each.isDone(), "a question without an answer");
                decided.add(decided(each));
            }
            long numbered =
                    decided.stream().filter(each -> !each.equals("FROZEN")).count();
            long frozenAfterTheAnswer = site.lines().stream()
                    .filter(line -> line.choice().startsWith("acting is frozen"))
                    .count();
            site.checkInvariants(numbered + frozenAfterTheAnswer);
            return decided;
        }

        private void step() {
            switch (random.nextInt(14)) {
                case 0 -> arrive();
                case 1 -> change(() -> site.kernel.roster().promote(site.point.name(), any(), "test"));
                case 2 -> change(() -> site.kernel.roster().rollback(site.point.name(), "test"));
                case 3 -> leaveOrComeBack();
                case 4 -> site.commit(Toy.box(random.nextBoolean() ? "e" : "f", grown += random.nextInt(20)));
                case 5 -> {
                    if (random.nextInt(4) == 0) {
                        change(() -> site.kernel.roster().retire(site.point.name(), any(), "test"));
                    }
                }
                case 6 -> site.kernel.freeze().set(random.nextInt(8) == 0 ? List.of("*") : List.of());
                case 12 -> change(() -> tryOut(any()));
                case 13 -> change(() -> site.kernel.roster().endTrial(site.point.name(), any(), "test"));
                case 7 -> asked.add(site.ask(random.nextInt(40)));
                default -> asked.add(site.reserve(random.nextInt(40)));
            }
        }

        private void tryOut(String typed) {
            Instant now = site.scheduler.instant();
            Share share = new Share(1 + random.nextInt(Share.ALL), Labels.NONE);
            Then then = random.nextBoolean() ? Then.PROMOTE : Then.SHADOW;
            Instant until = now.plusMillis(random.nextInt(100));
            List<Condition> abortIf = random.nextBoolean() ? Terms.USUAL : List.of();
            Terms terms = new Terms(share, abortIf, random.nextInt(20), now, until, then);
            site.kernel.roster().tryOut(site.point.name(), typed, terms, "test");
        }

        private void arrive() {
            String version = "1." + versions++;
            int kind = random.nextInt(6);
            site.charges.put(
                    "acme@" + version,
                    switch (random.nextInt(5)) {
                        case 0 -> Duration.ofMillis(1 + random.nextInt(10));
                        case 1 -> random.nextInt(5) == 0 ? Duration.ofDays(1) : Duration.ofMillis(1);
                        default -> Duration.ZERO;
                    });
            vendors.add(site.vendor("acme", version, strategy(kind)));
        }

        private ToyStrategy strategy(int kind) {
            return switch (kind) {
                case 0 -> (ask, context) -> Toy.choose("a");
                case 1 ->
                    (ask, context) -> {
                        if (context.budget().seed() % 3 == 0) {
                            throw new IllegalStateException("unlucky");
                        }
                        return Toy.fit(ask, context.snapshot(), true);
                    };
                case 2 -> (ask, context) -> null;
                default -> Toy.fitting(kind == 3);
            };
        }

        private void leaveOrComeBack() {
            if (!vendors.isEmpty()) {
                StrategyRef ref = vendors.get(random.nextInt(vendors.size()));
                if (random.nextBoolean()) {
                    site.kernel.roster().leave(ref);
                } else {
                    site.vendor(ref.name(), ref.version(), strategy(random.nextInt(6)));
                }
            }
        }

        private String any() {
            List<StrategyRef> all = site.kernel.strategies(site.point.name());
            return all.get(random.nextInt(all.size())).shortName();
        }

        private static void change(Runnable change) {
            try {
                change.run();
            } catch (VinestockException refused) {
                assertEquals("STRATEGY_STATE", refused.code().name());
            }
        }

        private static String decided(CompletableFuture<Decision<Chosen>> asked) {
            try {
                Decision<Chosen> decision = asked.getNow(null);
                return decision.id() + " " + decision.answer().choice() + " "
                        + decision.by().shortName();
            } catch (CompletionException e) {
                String code = ((VinestockException) e.getCause()).code().name();
                assertTrue(
                        List.of("FROZEN", "NO_VALID_ANSWER").contains(code),
                        e.getCause().getMessage());
                return code;
            }
        }
    }
}
