package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plugins that take a thread or the whole process with them, on a distribution of their own: what is lost is bounded, and
 * the container comes back without them.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class DeadlyPluginsIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration RESTART = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private Distribution site;
    private Strategies strategies;

    @BeforeAll
    void begin() {
        site = Distribution.start(FrontDoor.newHome("deadly"));
        strategies = new Strategies(site);
    }

    @Test
    @Order(1)
    void oneThatBlocksIsQuarantinedWithItsThread() {
        quarantined("1.0", "block", "java.util.concurrent.CountDownLatch.await");
    }

    @Test
    @Order(2)
    void oneThatSpinsIsQuarantinedWithItsThread() {
        quarantined("1.1", "spin", "com.example.stuck.StuckPlacement.spin");
    }

    private void quarantined(String version, String trouble, String where) {
        String stuck = "stuck@" + version;
        strategies.deploy(
                PluginJar.bad("stuck").with("Bundle-Version", version + ".0").as(folder, "stuck-" + version + ".jar"));
        strategies.promote(stuck);
        // On a busy machine a call may be taken back before its thread got a processor: it is not stuck then.
        Distribution.eventually(stuck + " is quarantined", SOON, () -> {
            String answer = strategies.ask(trouble);
            assertFalse(answer.startsWith(stuck), answer);
            return Optional.of(strategies.state(stuck)).filter("QUARANTINED"::equals);
        });
        JsonNode info = strategies.info(stuck);
        assertTrue(info.get("thread").asText().contains("vinestock-strategy-stuck-" + version), info.toString());
        assertTrue(info.get("thread").asText().contains(where), info.toString());
        assertEquals("best-fit@1.0", strategies.active());
        assertTrue(strategies.ask("").startsWith("best-fit@1.0: "));
        assertTrue(strategies.alarms(stuck).toString().contains("deploy a repaired version"));
        long arrived = strategies.arrived();
        Distribution.eventually(
                "VMs keep arriving",
                SOON,
                () -> Optional.of(strategies.arrived()).filter(now -> now > arrived));
    }

    @Test
    @Order(3)
    void oneThatIsQuarantinedCannotBePromoted() {
        Ended promotion = site.exec("strategy:promote placement.place stuck@1.0");
        assertEquals(1, promotion.status(), promotion.toString());
        assertTrue(promotion.err().contains("QUARANTINED"), promotion.toString());
    }

    @Test
    @Order(4)
    void oneThatEndsTheProcessDecidesAgainOnceAndIsThenHeldBack() {
        strategies.deploy(PluginJar.bad("halting").as(folder, "halting.jar"));
        strategies.promote("halting@1.0");
        diesWhenAsked();
        strategies.await("halting@1.0", "ACTIVE", RESTART);
        diesWhenAsked();
        strategies.await("halting@1.0", "QUARANTINED", RESTART);
        assertTrue(strategies.ask("halt").startsWith("best-fit@1.0: "));
        String because = strategies.info("halting@1.0").get("because").asText();
        assertTrue(because.contains("the process died twice in a row while it was being called"), because);
    }

    @Test
    @Order(5)
    void whatIsHeldBackStaysSoAcrossAStop() {
        site.stop().orThrow();
        site = Distribution.start(site.home());
        strategies = new Strategies(site);
        assertEquals("QUARANTINED", strategies.state("halting@1.0"));
        assertEquals("best-fit@1.0", strategies.active());
        for (String other : new String[] {"stuck-1.0.jar", "stuck-1.1.jar"}) {
            String verdict = site.exec("strategy:verdict " + other).orThrow();
            assertTrue(verdict.endsWith(" -> QUARANTINED\n") && verdict.contains("contract 41/41"), verdict);
        }
    }

    @Test
    @Order(6)
    void oneThatEndsTheProcessAsSoonAsItStartsIsHeldBackTheSecondTime() {
        dies(() -> site.deploy(PluginJar.bad("halting-at-start").as(folder, "halting-at-start.jar")));
        Distribution.eventually(
                "halting-at-start is held back",
                RESTART.multipliedBy(2),
                () -> Optional.of(site.exec("strategy:verdict halting-at-start.jar"))
                        .filter(verdict -> (verdict.out() + verdict.err())
                                .contains("held back, because the process died twice in a row while it was starting")));
        assertEquals("best-fit@1.0", strategies.active());
    }

    @Test
    @Order(7)
    void noneIsStartedIfItIsToBeSafe() {
        site.stop().orThrow();
        site = Distribution.start(site.home(), "--safe");
        strategies = new Strategies(site);
        Ended verdict = site.exec("strategy:verdict stuck-1.0.jar");
        assertTrue(
                verdict.err().contains("stuck-1.0.jar: not started, because the platform was started with --safe"),
                verdict.toString());
        assertEquals("best-fit@1.0", strategies.active());
        assertTrue(
                LoadedClasses.of(site.container().orElseThrow(), "com.example.").isEmpty(), "a plugin was started");
    }

    /** Asks until it is the halting strategy that answers: on a busy machine the fallback may, now and then. */
    private void diesWhenAsked() {
        ProcessHandle before = site.container().orElseThrow();
        dies(
                before,
                () -> Distribution.eventually("it dies", RESTART, () -> {
                    strategies.ask("halt");
                    return site.container().filter(now -> now.pid() != before.pid());
                }));
    }

    /** Does something that the container does not survive. */
    private void dies(Runnable deadly) {
        dies(site.container().orElseThrow(), deadly);
    }

    private void dies(ProcessHandle before, Runnable deadly) {
        try {
            deadly.run();
        } catch (AssertionError e) {
            // the answer never came
        }
        Distribution.eventually(
                "the supervisor starts another container",
                RESTART,
                () -> site.container().filter(now -> now.pid() != before.pid()));
        Distribution.eventually("it serves", RESTART, () -> Optional.of(site).filter(DeadlyPluginsIT::serves));
    }

    private static boolean serves(Distribution site) {
        try {
            return site.get("/api/v1/strategy/list").statusCode() == 200;
        } catch (AssertionError e) {
            return false; // nobody listens yet
        }
    }

    @AfterAll
    void end() {
        site.close();
    }
}
