package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The homes of former versions, in {@code homes/} by the newest migration that they knew: the site of each is found whole.
 * Each has four hosts and four VMs, of which one is switched off, a rule, a host in maintenance, acme as the ACTIVE
 * strategy, and a freeze of the cluster.
 */
class UpgradeIT {
    private static final Duration A_WHILE = Duration.ofSeconds(60);

    @Test
    void findsEverythingInTheHomeOfTheFirstVersion() {
        try (Distribution site = Distribution.start(home("schema-1"), "--empty")) {
            Strategies strategies = new Strategies(site);
            Distribution.eventually(
                    "acme decides again",
                    A_WHILE,
                    () -> Optional.of(strategies.active()).filter("acme@1.0"::equals));
            assertEquals("STANDBY", strategies.state("best-fit@1.0"));
            List<String> vms = strategies.rows("vm/list").stream()
                    .map(row -> row.get("id").asText() + " " + row.get("host").asText())
                    .toList();
            assertEquals(List.of("db-1 z1-r1-h01", "db-2 z1-r1-h01", "web-1 z1-r1-h01", "web-2 z1-r1-h01"), vms);
            assertTrue(site.get("/api/v1/host/info/z2-r2-h04").body().contains("\"maintenance\":true"));
            assertEquals(
                    "web-few",
                    strategies.rows("placement/rules").get(0).get("id").asText());
            List<String> tasks = strategies.rows("task/list").stream()
                    .map(row -> row.get("operation").asText() + " "
                            + row.get("state").asText())
                    .filter(row -> !row.startsWith("lab.build"))
                    .toList();
            assertEquals("platform.freeze DONE", tasks.get(0));
            assertEquals(12, tasks.size(), tasks.toString());

            Ended refused = site.exec("vm:create db-3 --memory 1GiB");
            assertTrue(refused.err().contains("acting is frozen: lab"), refused.toString());
            assertEquals(
                    "nothing is frozen\n", site.exec("platform:unfreeze lab").orThrow());
            String audit = site.exec("audit:verify").orThrow();
            assertTrue(audit.contains(": whole\n"), audit);
            List<String> told = strategies.rows("audit/list").stream()
                    .map(row ->
                            row.get("what").asText() + " " + row.get("details").asText())
                    .toList();
            assertTrue(told.contains("strategy.state ACTIVE: promoted by admin"), told.toString());
            assertTrue(told.contains("freeze.state frozen"), told.toString());
        }
    }

    @Test
    void saysThatALaterVersionHasUsedAHome() {
        Path home = home("schema-later");
        Ended refused =
                FrontDoor.run("--detach", "--home", home.toString(), "--http-port", "0", "--ssh-port", "0", "--empty");
        assertEquals(1, refused.status(), refused.toString());
        assertTrue(refused.err().contains("a later version of Vinestock has used this database"), refused.toString());
        assertFalse(refused.err().contains("not ready after"), "it did not wait in vain: " + refused);
    }

    /** Unpacks a home of a former version. */
    private static Path home(String name) {
        Path home = FrontDoor.newHome(name);
        Path packed = Path.of("src/test/resources/homes", name + ".tar.gz");
        try {
            Process tar = new ProcessBuilder(
                            "tar", "-xzf", packed.toAbsolutePath().toString())
                    .directory(home.toFile())
                    .inheritIO()
                    .start();
            assertEquals(0, tar.waitFor(), packed + " cannot be unpacked");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertTrue(Files.exists(home.resolve("state/site.mv.db")));
        return home;
    }
}
