package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A strategy decides about some VMs for a while, and steps back by itself. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(SharedDistribution.class)
class CanaryIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Distribution site;
    private Strategies strategies;

    @BeforeEach
    void begin(Distribution shared) {
        site = shared;
        strategies = new Strategies(shared);
    }

    private void deploy(String name) {
        String verdict = strategies.deploy(PluginJar.bad(name).as(folder, name + ".jar"));
        assertTrue(verdict.endsWith("-> SHADOW\n"), verdict);
    }

    private String canary(String options) {
        return site.exec("strategy:canary " + Strategies.POINT + " " + options).orThrow();
    }

    @Test
    void oneThatFailsTheTeamThatItWasTriedOnStepsBackWithTheNumbers() {
        deploy("throwing");
        assertEquals(
                "CANARY: all of those with trouble=exception for 10 min 0 s, then SHADOW; best-fit decides about the"
                        + " others, 0 calls lost\n",
                canary("throwing@1.0 --selector trouble=exception --for 10m --abort-if 'fallbacks>2'"));
        assertEquals("best-fit@1.0", strategies.active());
        JsonNode info = strategies.info("throwing@1.0");
        assertEquals("CANARY", info.get("state").asText());
        assertTrue(info.get("canary").asText().startsWith("all of those with trouble=exception"), info.toString());
        assertEquals("fallbacks>2", info.get("abortIf").get(0).asText());
        String listed = site.exec("strategy:list").orThrow();
        assertTrue(listed.contains("CANARY") && listed.contains("then SHADOW"), listed);
        assertTrue(strategies.ask("").startsWith("best-fit@1.0: "));
        Distribution.eventually("it steps back", SOON, () -> {
            strategies.ask("exception");
            return Optional.of(strategies.state("throwing@1.0")).filter("SHADOW"::equals);
        });
        List<String> alarms = strategies.alarms("throwing@1.0");
        assertEquals(1, alarms.size(), alarms.toString());
        assertTrue(alarms.get(0).contains("fallbacks 3 > 2 (3 questions)"), alarms.toString());
        assertTrue(alarms.get(0).contains("best-fit decides about all"), alarms.toString());
        assertTrue(strategies.ask("exception").startsWith("best-fit@1.0: "));
    }

    @Test
    void aPersonEndsItByARollbackAndTheActiveStaysAsItWas() {
        deploy("plain");
        canary("plain@1.0 --share 100 --for 1h");
        Distribution.eventually(
                "plain answers",
                SOON,
                () -> Optional.of(strategies.ask("")).filter(by -> by.startsWith("plain@1.0: ")));
        assertEquals("plain@1.0 is SHADOW again, best-fit decides about all, 0 calls lost\n", strategies.rollback());
        assertEquals("best-fit@1.0", strategies.active());
        assertTrue(strategies.ask("").startsWith("best-fit@1.0: "));
    }

    @Test
    void oneThatDoesWellIsPromotedWhenItsTimeIsOver() {
        deploy("plain");
        canary("plain@1.0 --share 100 --for 5s --then promote --sample 1 --abort-if violations\\>0");
        Distribution.eventually("plain is promoted", SOON, () -> {
            strategies.ask("");
            return Optional.of(strategies.active()).filter("plain@1.0"::equals);
        });
        String because = strategies.info("plain@1.0").get("because").asText();
        assertTrue(because.startsWith("promoted after its canary: "), because);
        assertEquals("best-fit is ACTIVE again, plain@1.0 is SHADOW, 0 calls lost\n", strategies.rollback());
    }

    @Test
    void whatIsNotAcceptedIsNamed() {
        Ended ended = site.exec("strategy:canary " + Strategies.POINT + " spread --share '0%'");
        assertTrue(ended.err().contains("share: \"0%\"; accepted: 0.01% to 100%"), ended.toString());
    }

    @AfterEach
    void end() throws IOException {
        strategies.promote("best-fit");
        for (String name : new String[] {"throwing", "plain"}) {
            Files.deleteIfExists(site.home().resolve("deploy").resolve(name + ".jar"));
            Distribution.eventually(
                    name + " is gone",
                    SOON,
                    () -> Optional.of(strategies.state(name + "@1.0")).filter("UNKNOWN"::equals));
        }
    }
}
