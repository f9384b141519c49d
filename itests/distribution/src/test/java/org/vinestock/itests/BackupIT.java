package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A backup that is made while the site is used is a whole site, in another home; a document of it is the same there. */
class BackupIT {
    private static final Duration A_WHILE = Duration.ofSeconds(60);

    private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();
    private volatile boolean enough;

    @Test
    void bringsASiteThatWasUsedIntoAnotherHome() throws IOException, InterruptedException {
        Path folder = FrontDoor.newHome("backups");
        Path backup = folder.resolve("site.zip");
        Path document = folder.resolve("site.json");
        List<String> before;
        String password;
        try (Distribution site = Distribution.start(FrontDoor.newHome("backed-up"))) {
            password = site.password().orElseThrow();
            assertTrue(site.deploy(Path.of("examples/acme-1.0.jar")).orThrow().contains("SHADOW"));
            assertEquals(
                    0, site.exec("strategy:promote placement.place acme@1.0").status());
            assertEquals(0, site.exec("lab:speed 20").status());
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Thread client = new Thread(() -> createVms(site, password), "client-" + i);
                client.start();
                clients.add(client);
            }
            Distribution.eventually(
                    "some VMs are there", A_WHILE, () -> Optional.of(1).filter(x -> acknowledged.size() > 20));
            before = List.copyOf(acknowledged);
            Ended made = FrontDoor.run("backup", "--home", site.home().toString(), backup.toString());
            assertTrue(made.orThrow().startsWith(backup + ": "), made.toString());
            enough = true;
            for (Thread client : clients) {
                client.join();
            }
            Ended again = FrontDoor.run("backup", "--home", site.home().toString(), backup.toString());
            assertTrue(again.err().contains("is there already"), again.toString());
            Ended running = FrontDoor.run("restore", "--home", site.home().toString(), backup.toString());
            assertTrue(running.err().contains("stop it first"), running.toString());
            site.supervisor().orElseThrow().destroyForcibly();
            site.container().orElseThrow().destroyForcibly();
        }
        assertEquals("rw-------", mode(backup));

        Path other = FrontDoor.newHome("restored");
        Ended restored = FrontDoor.run("restore", "--home", other.toString(), backup.toString());
        assertTrue(restored.orThrow().startsWith("restored "), restored.toString());
        try (Distribution site = Distribution.start(other, "--empty")) {
            assertEquals(Optional.empty(), site.password(), "the password is the one of before");
            assertEquals(
                    202,
                    site.send(request(password, "{}"), "api/v1/platform/unfreeze")
                            .statusCode());
            Strategies strategies = new Strategies(site);
            Distribution.eventually(
                    "acme decides again",
                    A_WHILE,
                    () -> Optional.of(strategies.active()).filter("acme@1.0"::equals));
            for (String vm : before) {
                assertEquals(200, site.get("/api/v1/vm/info/" + vm).statusCode(), vm);
            }
            String audit = site.exec("audit:verify").orThrow();
            assertTrue(audit.contains(": whole\n"), audit);
            assertTrue(site.get("/api/v1/audit/list?who=vinestock").body().contains("platform.restored"));
            assertFalse(Files.exists(other.resolve("state/restored")));

            assertEquals(0, site.exec("site:export " + document).status());
            String same = site.exec("site:import " + document + " --dry-run").orThrow();
            assertTrue(same.contains("0 to add, 0 to change, 0 to remove"), same);
        }
    }

    @Test
    void bringsADocumentIntoAnEmptySiteAndOutOfItAgain() throws IOException {
        Path folder = FrontDoor.newHome("documents");
        Path out = folder.resolve("out.json");
        Path again = folder.resolve("again.json");
        Path wrong = folder.resolve("wrong.json");
        Files.writeString(out, """
                {
                  "format": 1,
                  "disk": [],
                  "lab.site": [],
                  "site": [
                    {"id":"s","title":"A site"}
                  ],
                  "zone": [
                    {"id":"z1","site":"s"}
                  ],
                  "rack": [
                    {"id":"r1","zone":"z1"}
                  ],
                  "cluster": [
                    {"id":"c","site":"s"}
                  ],
                  "host": [
                    {"id":"h1","rack":"r1","cluster":"c","labels":{"gpu":"yes"},"maintenance":false},
                    {"id":"h2","rack":"r1","cluster":"c","labels":{},"maintenance":true}
                  ],
                  "vm": [
                    {"id":"db-1","millicores":2000,"size":"4GiB","labels":{"app":"db"},"power":"RUNNING","host":"h1","hardware":{"disks":[],"nics":[],"kernel":null}}
                  ],
                  "placement.rule": [
                    {"id":"db-apart","group":{"key":"app","value":"db"},"demand":{"type":"Apart","domain":"HOST"}}
                  ]
                }
                """);
        try (Distribution site = Distribution.start(FrontDoor.newHome("empty"), "--empty")) {
            String would = site.exec("site:import " + out + " --dry-run").orThrow();
            assertTrue(would.contains("8 to add, 0 to change, 0 to remove; would add site s, zone z1"), would);
            assertEquals(
                    "8 added, 0 changed, 0 removed; 1 VM is not on its host yet: vm:make-all makes it, empty\n",
                    site.exec("site:import " + out).orThrow());
            assertEquals(0, site.exec("site:export " + again).status());
            assertEquals(Files.readString(out), Files.readString(again));

            Files.writeString(wrong, Files.readString(out).replace("\"power\":\"RUNNING\"", "\"power\":\"FAST\""));
            Ended refused = site.exec("site:import " + wrong);
            assertTrue(refused.err().contains("field vm[0].power, line 22, column "), refused.toString());
            assertTrue(refused.err().contains("accepted: STOPPED, RUNNING"), refused.toString());
            Files.writeString(wrong, Files.readString(out).replace("\"zone\":\"z1\"", "\"zone\":\"z9\""));
            refused = site.exec("site:import " + wrong);
            assertTrue(
                    refused.err()
                            .contains("it would break the site: reference: rack r1 names zone z9, which is not there"),
                    refused.toString());
            Files.writeString(wrong, Files.readString(out).replace("\"title\":\"A site\"", "\"titel\":\"A site\""));
            refused = site.exec("site:import " + wrong);
            assertTrue(refused.err().contains("unknown field \"titel\"; accepted: id, title"), refused.toString());
            assertEquals(
                    "0 added, 0 changed, 0 removed\n",
                    site.exec("site:import " + out).orThrow());
        }
    }

    private void createVms(Distribution site, String password) {
        while (!enough) {
            String vm = "backed-" + number.incrementAndGet();
            String json = "{\"id\":\"" + vm + "\",\"cores\":0.01,\"memory\":\"16MiB\"}";
            if (site.send(request(password, json), "api/v1/vm/create").statusCode() == 202) {
                acknowledged.add(vm);
            }
        }
    }

    private static HttpRequest.Builder request(String password, String json) {
        byte[] login = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
        return HttpRequest.newBuilder()
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
