package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Plugins that pass their contract and misbehave when they decide: the fallback answers in their stead, VMs keep arriving,
 * and when they are gone nothing of them is left.
 */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(SharedDistribution.class)
class MisbehavingPluginsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Distribution site;
    private Strategies strategies;
    private SortedMap<String, SortedSet<String>> platform;

    @BeforeEach
    void begin(Distribution shared) {
        site = shared;
        strategies = new Strategies(shared);
        platform = LoadedClasses.of(site.container().orElseThrow(), "org.vinestock.");
    }

    @Test
    void oneThatThrowsIsStoodInForAndThenLeftOut() throws IOException {
        decides("throwing");
        insteadOf(
                "throwing@1.0",
                "exception",
                "throwing@1.0 threw java.lang.IllegalStateException: the model has no weights");
        insteadOf("throwing@1.0", "hostile", "throwing@1.0 threw com.example.throwing.HostileException");
        insteadOf("throwing@1.0", "error", "throwing@1.0 threw java.lang.AssertionError: this cannot be");
        insteadOf("throwing@1.0", "overflow", "throwing@1.0 threw java.lang.StackOverflowError");
        insteadOf("throwing@1.0", "linkage", "throwing@1.0 threw java.lang.NoClassDefFoundError: com/acme/Nowhere");
        breakerOpens("throwing@1.0", "exception");
        rollsBack("throwing@1.0");
        leavesNothing("throwing.jar", "com.example.throwing.");
    }

    @Test
    void oneThatIsWrongIsStoppedByTheGuardrails() throws IOException {
        decides("wrong");
        site.exec("placement:add-rule trouble-in in trouble=rule --per zone --names z2")
                .orThrow();
        insteadOf("wrong@1.0", "rule", "broke trouble-in");
        insteadOf("wrong@1.0", "overfill&cores=1&memory=100GiB", "broke capacity");
        insteadOf("wrong@1.0", "unknown", "z9-r9-h99 is not a host of this site");
        insteadOf("wrong@1.0", "nothing", "wrong@1.0 chose null");
        insteadOf("wrong@1.0", "null", "wrong@1.0 answered null");
        breakerOpens("wrong@1.0", "null");
        site.exec("placement:remove-rule trouble-in").orThrow();
        rollsBack("wrong@1.0");
        leavesNothing("wrong.jar", "com.example.wrong.");
    }

    @Test
    void whatAWrongOneWantsToReserveIsNeverReserved() throws IOException {
        decides("wrong");
        site.exec("vm:create overfilled --cores 1 --memory 64GiB --labels trouble=overfill")
                .orThrow();
        JsonNode decision = strategies.newest("overfilled").orElseThrow();
        assertEquals("fallback@1.0", decision.get("by").asText(), decision.toString());
        for (JsonNode host : strategies.rows("host/list")) {
            assertTrue(host.get("usedCores").asDouble() <= host.get("cores").asDouble(), host.toString());
        }
        site.exec("vm:delete overfilled").orThrow();
        rollsBack("wrong@1.0");
        leavesNothing("wrong.jar", "com.example.wrong.");
    }

    @Test
    void oneThatIsAlwaysLateNeverDecides() throws IOException {
        decides("slow");
        breakerOpens("slow@1.0", "");
        JsonNode info = strategies.info("slow@1.0");
        assertEquals(
                "slow@1.0 did not answer within 5 ms", info.get("lastFailure").asText());
        rollsBack("slow@1.0");
        leavesNothing("slow.jar", "com.example.slow.");
    }

    @Test
    void overwritingAFileAddsAVersion() throws IOException {
        strategies.deploy(plain("2.0"));
        assertEquals("ACTIVE, best-fit stays warm, 0 calls lost\n", strategies.promote("plain@2.0"));
        String verdict = strategies.deploy(plain("2.1"));
        assertTrue(verdict.startsWith("plain@2.1: contract 41/41 in "), verdict);
        assertEquals("SHADOW", strategies.state("plain@2.1"));
        assertEquals("ACTIVE", strategies.state("plain@2.0"));
        answers("plain@2.0");
        assertEquals("ACTIVE, plain@2.0 stays warm, 0 calls lost\n", strategies.promote("plain@2.1"));
        answers("plain@2.1");
        strategies.promote("best-fit");
        leavesNothing("plain.jar", "com.example.plain.");
    }

    @Test
    void deletingTheFileOfTheActiveOneRetiresItWithAnAlarm() throws IOException {
        strategies.deploy(plain("3.0"));
        assertEquals("ACTIVE, best-fit stays warm, 0 calls lost\n", strategies.promote("plain@3.0"));
        leavesNothing("plain.jar", "com.example.plain.");
        assertEquals("best-fit@1.0", strategies.active());
        answers("best-fit@1.0");
        List<String> alarms = strategies.alarms("plain@3.0");
        assertTrue(alarms.toString().contains("taken out of deploy/"), alarms.toString());
        assertEquals("RETIRED", strategies.state("plain@3.0"));
    }

    private Path plain(String version) {
        return PluginJar.bad("plain").with("Bundle-Version", version + ".0").as(folder, "plain.jar");
    }

    /** On a busy machine a thread may come too late for its deadline, so that the fallback answers now and then. */
    private void answers(String strategy) {
        Distribution.eventually(
                strategy + " answers",
                SOON,
                () -> Optional.of(strategies.ask("")).filter(by -> by.startsWith(strategy + ": ")));
    }

    /** Deploys a plugin and lets it decide. */
    private void decides(String name) {
        String verdict = strategies.deploy(PluginJar.bad(name).as(folder, name + ".jar"));
        assertTrue(verdict.startsWith(name + "@1.0: contract 41/41 in "), verdict);
        assertEquals("ACTIVE, best-fit stays warm, 0 calls lost\n", strategies.promote(name + "@1.0"));
    }

    /**
     * Asks for trouble until the ledger says so; the fallback answers. More than once only on a busy machine, where the
     * strategy may be late before it can make its trouble, or where its breaker is open already.
     */
    private void insteadOf(String strategy, String trouble, String because) {
        Distribution.eventually(trouble + " ends as: " + because, SOON, () -> {
            String answered = strategies.ask(trouble);
            assertTrue(answered.startsWith("fallback@1.0: "), answered);
            Optional<JsonNode> said = strategies
                    .newest("new-vm")
                    .filter(row -> row.get("instead").asText().contains(because));
            if (said.isEmpty() && open(strategy)) {
                strategies.promote(strategy);
            }
            return said;
        });
    }

    private boolean open(String strategy) {
        return strategies.info(strategy).get("breaker").asText().equals("OPEN");
    }

    private void breakerOpens(String strategy, String trouble) {
        Distribution.eventually("the breaker of " + strategy + " opens", SOON, () -> {
            strategies.ask(trouble);
            return Optional.of(strategy).filter(this::open);
        });
        assertEquals("ACTIVE", strategies.state(strategy));
        assertTrue(strategies.ask("").startsWith("fallback@1.0: "));
        assertEquals(1, strategies.alarms(strategy).size());
    }

    private void rollsBack(String from) {
        assertEquals("best-fit is ACTIVE again, " + from + " is SHADOW, 0 calls lost\n", strategies.rollback());
        assertTrue(strategies.ask("").startsWith("best-fit@1.0: "));
        assertEquals(List.of(), strategies.alarms(from));
    }

    /** Takes the jar away; its classes go, and no class loader of the platform has changed. */
    private void leavesNothing(String jar, String classes) throws IOException {
        ProcessHandle container = site.container().orElseThrow();
        assertFalse(LoadedClasses.of(container, classes).isEmpty(), classes + "* were never loaded");
        Files.delete(site.home().resolve("deploy").resolve(jar));
        Distribution.eventually(
                "the classes " + classes + "* are unloaded",
                SOON,
                () -> Optional.of(LoadedClasses.of(container, classes)).filter(left -> left.isEmpty()));
        SortedMap<String, SortedSet<String>> now = LoadedClasses.of(container, "org.vinestock.");
        platform.forEach((name, loaders) -> assertEquals(loaders, now.get(name), "the loaders of " + name));
    }

    @AfterEach
    void end() throws IOException {
        strategies.promote("best-fit");
        for (String name : new String[] {"throwing", "wrong", "slow", "plain"}) {
            Files.deleteIfExists(site.home().resolve("deploy").resolve(name + ".jar"));
        }
    }
}
