package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.vinestock.testkit.postgres.PostgresServer;

/** What the product says and keeps when its database goes, hangs, comes back, or is another one. */
class StoreFaultsIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    void goesOnByItselfWhenTheDatabaseIsBackOrAnother() throws IOException {
        if (!"required".equals(System.getenv("VINESTOCK_REAL"))) {
            Assumptions.assumeTrue(
                    PostgresServer.programs().isPresent(), "no PostgreSQL server; apt-get install postgresql");
        }
        try (PostgresServer server = PostgresServer.start()) {
            String postgres = "url = " + server.database("site") + "\nuser = postgres\nleader.seconds = 3\n";
            Path home = FrontDoor.newHome("faults");
            try (Distribution site = Distribution.start(home)) {
                site.exec("vm:create in-h2").orThrow();

                configure(home, postgres);
                servesWithout(site, "in-h2");
                site.exec("vm:create in-postgres").orThrow();

                server.stop();
                saysThatThereIsNoStore(site);
                server.begin();
                servesWith(site, "in-postgres");

                server.freeze();
                try {
                    saysThatThereIsNoStore(site);
                } finally {
                    server.thaw();
                }
                servesWith(site, "in-postgres");
                site.exec("vm:create in-postgres-too").orThrow();

                configure(home, "url = h2\n");
                servesWith(site, "in-h2");
                assertTrue(!site.exec("vm:list").out().contains("in-postgres"));
                String audit = site.exec("audit:verify").orThrow();
                assertTrue(!audit.contains("missing"), audit);
            }
        }
    }

    private static void configure(Path home, String text) throws IOException {
        Path file = home.resolve("etc/org.vinestock.store.cfg");
        Path next = home.resolve("store.next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void saysThatThereIsNoStore(Distribution site) {
        String health = Distribution.eventually(
                "health says that there is no store",
                LIMIT,
                () -> Optional.of(site.get("health"))
                        .map(HttpResponse::body)
                        .filter(body -> body.contains("\"state\":\"STORE_UNAVAILABLE\"")));
        assertTrue(health.contains("\"reason\":\"there is no store on jdbc:postgresql://127.0.0.1"), health);
        Ended refused = Distribution.eventually(
                "commands say so",
                LIMIT,
                () -> Optional.of(site.exec("vm:create lost"))
                        .filter(ended -> ended.err().startsWith("there is no store on ")));
        assertNotEquals(0, refused.status());
        assertEquals(1, refused.err().lines().count(), refused.toString());
    }

    private static void servesWith(Distribution site, String vm) {
        Distribution.eventually(
                "it serves " + vm,
                LIMIT,
                () -> Optional.of(site.exec("vm:list"))
                        .filter(ended -> ended.status() == 0 && ended.out().contains(vm)));
        assertTrue(!site.exec("vm:list").out().contains("lost"), "what was refused is there");
    }

    private static void servesWithout(Distribution site, String vm) {
        Distribution.eventually(
                "it serves without " + vm,
                LIMIT,
                () -> Optional.of(site.exec("vm:list"))
                        .filter(ended -> ended.status() == 0 && !ended.out().contains(vm)));
    }
}
