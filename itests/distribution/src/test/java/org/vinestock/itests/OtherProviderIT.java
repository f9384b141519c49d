package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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

/** A vendor's whole provider of an area takes the place of ours while the site runs; without any, the rest goes on. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(SharedDistribution.class)
class OtherProviderIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String OURS = "org.vinestock.placement.provider";
    private static final String OTHER = "com.example.other-placement";

    @TempDir
    private java.nio.file.Path folder;

    private Distribution site;
    private Strategies strategies;
    private ProcessHandle container;

    @BeforeEach
    void begin(Distribution shared) {
        site = shared;
        strategies = new Strategies(shared);
        container = site.container().orElseThrow();
        site.exec("bundle:install -s "
                        + PluginJar.otherPlacement().as(folder, "other.jar").toUri())
                .orThrow();
        becomes(OTHER, "WAITING");
    }

    private void becomes(String provider, String state) {
        Distribution.eventually(
                provider + " is " + state,
                SOON,
                () -> strategies.rows("area/list").stream()
                        .filter(row -> row.get("area").asText().equals("placement"))
                        .filter(row -> row.get("provider").asText().equals(provider))
                        .filter(row -> row.get("state").asText().equals(state))
                        .findFirst());
    }

    private void answers(String strategy) {
        Distribution.eventually(
                strategy + " answers",
                SOON,
                () -> Optional.of(site.exec("placement:place"))
                        .filter(ended -> ended.out().startsWith(strategy + ": ")));
    }

    private void arrivals() {
        long before = strategies.arrived();
        site.exec("lab:speed 20").orThrow();
        Distribution.eventually(
                "5 more VMs arrive",
                SOON,
                () -> Optional.of(strategies.arrived()).filter(now -> now >= before + 5));
        site.exec("lab:speed 1").orThrow();
    }

    @Test
    void isPutIntoUseLiveAndAnswersWithOursGone() {
        site.exec("area:use placement " + OTHER).orThrow();
        becomes(OURS, "WAITING");
        answers("roomiest@1.0");
        site.exec("bundle:stop " + OURS).orThrow();
        arrivals();
        answers("roomiest@1.0");
        site.exec("bundle:start " + OURS).orThrow();
        becomes(OURS, "WAITING");
        site.exec("area:use placement " + OURS).orThrow();
        answers("best-fit@1.0");
        assertEquals(container, site.container().orElseThrow());
    }

    @Test
    void takesOverWhenOursGoes() {
        site.exec("bundle:stop " + OURS).orThrow();
        becomes(OTHER, "IN_USE");
        answers("roomiest@1.0");
    }

    @Test
    void withoutAnyItsCommandsSaySoAndEverythingElseGoesOn() {
        site.exec("bundle:stop " + OTHER).orThrow();
        site.exec("bundle:stop " + OURS).orThrow();
        Distribution.eventually(
                "placement has no provider",
                SOON,
                () -> Optional.of(site.exec("placement:rules"))
                        .filter(ended -> ended.err().contains("placement: no provider installed")));
        Ended place = site.exec("placement:place");
        assertTrue(place.status() != 0 && place.err().contains("placement: no provider installed"), place.toString());
        List<JsonNode> hosts = strategies.rows("host/list");
        assertEquals(24, hosts.size());
        Ended refused = site.exec("vm:create homeless");
        assertTrue(refused.toString().contains("placement"), refused.toString());
        site.exec("bundle:start " + OURS).orThrow();
        answers("best-fit@1.0");
    }

    @AfterEach
    void end() {
        site.exec("bundle:start " + OURS);
        becomes(OURS, site.exec("area:list").out().contains(OURS) ? state(OURS) : "IN_USE");
        site.exec("area:use placement " + OURS);
        site.exec("bundle:uninstall " + OTHER).orThrow();
        strategies.promote("best-fit");
        answers("best-fit@1.0");
    }

    private String state(String provider) {
        return strategies.rows("area/list").stream()
                .filter(row -> row.get("provider").asText().equals(provider))
                .map(row -> row.get("state").asText())
                .findFirst()
                .orElse("IN_USE");
    }
}
