package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The story of the README, step by step: VMs arrive, a vendor's strategy is dropped in, watched, promoted, followed by one
 * that falls asleep, and rolled back; nothing is restarted and nothing lost.
 */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(SharedDistribution.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class StoryIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private Distribution site;
    private Strategies strategies;
    private ProcessHandle container;
    private long failedBefore;

    @BeforeAll
    void begin(Distribution shared) {
        site = shared;
        strategies = new Strategies(shared);
        container = shared.container().orElseThrow();
        failedBefore = lab("failed");
    }

    @Test
    @Order(1)
    void decisionsCanBeWatched() {
        String line = site.exec("decision:watch --count 1").orThrow();
        assertTrue(
                line.matches(
                        "place vm-\\d+ +-> +z[12]-r[1-4]-h\\d\\d +best-fit@1\\.0 +\\S+ (us|ms) +24 hosts: \\d+ fit.*\n"),
                line);
    }

    @Test
    @Order(2)
    void aDecisionIsExplainedHostByHost() {
        String vm = strategies.rows("vm/list?limit=1").get(0).get("id").asText();
        String explained = site.exec("placement:explain " + vm).orThrow();
        assertEquals(
                24,
                explained
                        .lines()
                        .filter(line -> line.matches("z[12]-r[1-4]-h\\d\\d .*"))
                        .count(),
                explained);
        assertEquals(
                1, explained.lines().filter(line -> line.contains(" CHOSEN ")).count(), explained);
    }

    @Test
    @Order(3)
    void aDroppedStrategyPassesItsContractAndWatches() {
        String verdict = strategies.deploy(Path.of("examples/acme-1.0.jar"));
        assertTrue(verdict.matches("acme@1\\.0: contract 41/41 in \\d+\\.\\d s -> SHADOW\n"), verdict);
        assertEquals("SHADOW", strategies.state("acme@1.0"));
        assertEquals("best-fit@1.0", strategies.active());
    }

    @Test
    @Order(4)
    void aShadowsAgreementViolationsAndLatencyAreShown() {
        JsonNode info = Distribution.eventually("acme was asked 20 times", SOON, () -> {
            strategies.ask("");
            return Optional.of(strategies.info("acme@1.0"))
                    .filter(now -> now.get("shadowed").asLong() >= 20);
        });
        assertTrue(info.get("agreement").asText().matches("\\d+\\.\\d % of \\d+"), info.toString());
        assertEquals(0, info.get("wouldBeViolations").asLong(), info.toString());
        assertEquals(0, info.get("shadowFailures").asLong(), info.toString());
        assertEquals(0, info.get("decisions").asLong(), info.toString());
        String shown = site.exec("strategy:info placement.place acme@1.0").orThrow();
        assertTrue(shown.contains(" % of "), shown);
    }

    @Test
    @Order(5)
    void promotionLosesNoCallAndKeepsTheFormerOneWarm() {
        assertEquals("ACTIVE, best-fit stays warm, 0 calls lost\n", strategies.promote("acme@1.0"));
        answers("acme@1.0");
        assertEquals("STANDBY", strategies.state("best-fit@1.0"));
    }

    @Test
    @Order(6)
    void theNextVersionIsDroppedBesideIt() {
        String verdict = strategies.deploy(Path.of("examples/acme-1.1-sleeps.jar"));
        assertTrue(verdict.matches("acme@1\\.1: contract 41/41 in \\d+\\.\\d s -> SHADOW\n"), verdict);
        assertEquals("acme@1.0", strategies.active());
    }

    @Test
    @Order(7)
    void oneThatFallsAsleepIsStoodInForWhileVmsKeepArriving() {
        site.exec("lab:speed 20").orThrow();
        assertEquals("ACTIVE, acme@1.0 stays warm, 0 calls lost\n", strategies.promote("acme@1.1"));
        Distribution.eventually("the breaker of acme@1.1 opens", Duration.ofSeconds(60), () -> {
            strategies.ask("");
            return Optional.of(strategies.info("acme@1.1"))
                    .filter(info -> info.get("breaker").asText().equals("OPEN"));
        });
        JsonNode info = strategies.info("acme@1.1");
        assertEquals("ACTIVE", info.get("state").asText());
        assertTrue(info.get("failures").asLong() >= 5, info.toString());
        assertTrue(info.get("lastFailure").asText().contains("5 ms"), info.toString());
        answers("fallback@1.0");
        List<String> alarms = strategies.alarms("acme@1.1");
        assertTrue(alarms.toString().contains("strategy:rollback"), alarms.toString());
        long arrived = strategies.arrived();
        Distribution.eventually(
                "20 more VMs arrive",
                SOON,
                () -> Optional.of(strategies.arrived()).filter(now -> now >= arrived + 20));
        assertEquals(failedBefore, lab("failed"));
    }

    @Test
    @Order(8)
    void rollbackActsAtTheNextDecision() {
        assertEquals("acme@1.0 is ACTIVE again, acme@1.1 is SHADOW, 0 calls lost\n", strategies.rollback());
        answers("acme@1.0");
        site.exec("lab:speed 1").orThrow();
        assertEquals(List.of(), strategies.alarms("acme@1.1"));
        assertEquals(failedBefore, lab("failed"));
        assertEquals(container, site.container().orElseThrow());
    }

    /** On a busy machine a thread may come too late for its deadline, so that the fallback answers now and then. */
    private void answers(String strategy) {
        Distribution.eventually(
                strategy + " answers",
                SOON,
                () -> Optional.of(strategies.ask("")).filter(by -> by.startsWith(strategy + ": 24 hosts: ")));
    }

    private long lab(String count) {
        return strategies.rows("lab/info").get(0).get(count).asLong();
    }

    @AfterAll
    void end() throws Exception {
        site.exec("lab:speed 1").orThrow();
        strategies.promote("best-fit");
        for (String jar : new String[] {"acme-1.0.jar", "acme-1.1-sleeps.jar"}) {
            Files.deleteIfExists(site.home().resolve("deploy").resolve(jar));
        }
    }
}
