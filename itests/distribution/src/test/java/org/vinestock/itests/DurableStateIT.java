package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** What the container has acknowledged is there after it died, whenever that was. */
class DurableStateIT {
    private static final Duration RESTART = Duration.ofSeconds(90);
    private static final int KILLS = Integer.getInteger("vinestock.kills", 3);

    private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();

    @Test
    void nothingAcknowledgedIsLostWhenItIsKilled() {
        try (Distribution first = Distribution.start(FrontDoor.newHome("durable"))) {
            assertEquals(0, first.exec("host:maintenance z2-r4-h24").status());
            assertEquals(0, first.exec("lab:speed 20").status());
            Distribution site = killAgainAndAgain(first);
            long revision = revision(site);
            assertTrue(acknowledged.size() > KILLS, "hardly anything was acknowledged: " + acknowledged);
            for (String vm : acknowledged) {
                Distribution.eventually(
                        vm + " runs",
                        RESTART,
                        () -> Optional.of(ask(site, "api/v1/vm/info/" + vm))
                                .filter(answer -> answer.statusCode() == 200)
                                .filter(answer -> answer.body().contains("\"state\":\"RUNNING\"")));
            }
            String host = ask(site, "api/v1/host/info/z2-r4-h24").body();
            assertTrue(host.contains("\"maintenance\":true"), host);
            assertTrue(revision(site) >= revision, "revisions went back");
            assertEverythingIsAudited(site);
            assertEquals("stopped\n", site.stop().orThrow());
        }
    }

    private Distribution killAgainAndAgain(Distribution first) {
        String credentials = credentials(first);
        Random random = new Random(1);
        Distribution site = first;
        for (int kill = 1; kill <= KILLS; kill++) {
            ProcessHandle supervisor = site.supervisor().orElseThrow();
            killWhileItWorks(site, credentials, random.nextInt(4_000));
            site = startedAgain(site, supervisor);
            ask(site, "api/v1/vm/info/" + acknowledged.peek());
        }
        return site;
    }

    /** A supervisor starts it anew three times in five minutes; then a person has to. */
    private static Distribution startedAgain(Distribution site, ProcessHandle supervisor) {
        boolean givenUp = Distribution.eventually(
                "it is started again, or its supervisor has given up",
                RESTART,
                () -> Distribution.runs(supervisor) ? site.container().map(process -> false) : Optional.of(true));
        return givenUp ? Distribution.start(site.home()) : site;
    }

    /** Each VM was asked for by a person, once, and the chain has no break where the process died. */
    private void assertEverythingIsAudited(Distribution site) {
        String verified = site.exec("audit:verify").orThrow();
        assertTrue(verified.contains(": whole\n"), verified);
        for (String vm : acknowledged) {
            String told = ask(site, "api/v1/audit/list?object=" + vm).body();
            assertEquals(2, told.split(" accepted: ", -1).length, told);
        }
    }

    /** The whole ledger goes into a file, with what an earlier process decided. */
    private static void assertExported(Distribution site, String id) throws IOException {
        Path file = site.home().resolve("decisions.jsonl.gz");
        String said = site.exec("decision:export " + file).orThrow();
        String lines;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(file + ": " + lines.lines().count() + " decisions\n", said);
        assertTrue(lines.lines().anyMatch(line -> line.startsWith("{\"decision\":\"" + id + "\"")), lines);
        assertTrue(site.exec("decision:export " + file).err().contains("is there already"));
    }

    @Test
    void explainsWhatWasDecidedBeforeItWasKilled() throws IOException {
        try (Distribution site = Distribution.start(FrontDoor.newHome("explained"))) {
            site.exec("vm:create asked --cores 1 --memory 1GiB").orThrow();
            String placed = site.exec("placement:explain asked").orThrow();
            String decided = site.exec("decision:explain asked").orThrow();
            String id = decided.substring(0, decided.indexOf(' '));
            assertTrue(decided.contains("Outcome: host="), decided);
            Distribution.eventually(
                    "the decision and its outcome are on disk",
                    RESTART,
                    () -> Optional.of(site.exec("decision:records --limit 1 --json --from " + id)
                                    .orThrow())
                            .filter(json -> json.contains("\"outcome\":{")));
            ProcessHandle victim = site.container().orElseThrow();
            victim.destroyForcibly();
            victim.onExit().join();
            Distribution.eventually(
                    "the shell answers again",
                    RESTART,
                    () -> Optional.of(site.exec("vm:info asked")).filter(answer -> answer.status() == 0));
            assertEquals(placed, site.exec("placement:explain asked").orThrow());
            assertEquals(decided, site.exec("decision:explain asked").orThrow());
            assertEquals(decided, site.exec("decision:explain " + id).orThrow());
            assertExported(site, id);
            String listed = site.exec("decision:list --subject asked").orThrow();
            assertTrue(listed.contains(id + " "), listed);
            site.exec("vm:create later --cores 1 --memory 1GiB").orThrow();
            String missing = site.exec("decision:explain d-9999").err();
            assertTrue(missing.contains("d-9999 is missing: nothing is recorded between d-"), missing);
            String replayed =
                    site.exec("decision:replay --last 10 --with best-fit").orThrow();
            assertTrue(replayed.matches("(?s).*asked +([0-9]+)\\nagree +\\1\\n.*"), replayed);
        }
    }

    @Test
    void saysSoIfNothingIsKept() throws IOException {
        Path home = FrontDoor.newHome("forgetful");
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc/org.vinestock.store.cfg"), "url = memory\n");
        try (Distribution site = Distribution.start(home, "--empty")) {
            assertTrue(site.started().contains("The inventory is in memory only"), site.started());
        }
    }

    /** Has VMs made, one after the other, and kills the container meanwhile. */
    private void killWhileItWorks(Distribution site, String credentials, int afterMillis) {
        ProcessHandle victim = site.container().orElseThrow();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread client = new Thread(() -> createVms(site, credentials, victim), "client-" + i);
            client.start();
            clients.add(client);
        }
        long until = System.nanoTime() + Duration.ofMillis(afterMillis).toNanos();
        Distribution.eventually(
                "it is time to kill it", RESTART, () -> Optional.of(1).filter(x -> System.nanoTime() > until));
        victim.destroyForcibly();
        victim.onExit().join();
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void createVms(Distribution site, String credentials, ProcessHandle victim) {
        while (victim.isAlive()) {
            String vm = "kept-" + number.incrementAndGet();
            try {
                HttpResponse<String> answer = site.send(
                        HttpRequest.newBuilder()
                                .header("Authorization", credentials)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(
                                        "{\"id\":\"" + vm + "\",\"cores\":0.01,\"memory\":\"16MiB\"}")),
                        "api/v1/vm/create");
                if (answer.statusCode() == 202) {
                    acknowledged.add(vm);
                }
            } catch (AssertionError e) {
                return; // it is dead
            }
        }
    }

    private static HttpResponse<String> ask(Distribution site, String path) {
        return Distribution.eventually("an answer to " + path, RESTART, () -> {
            try {
                return Optional.of(site.get(path)).filter(answer -> answer.statusCode() < 500);
            } catch (AssertionError e) {
                return Optional.empty();
            }
        });
    }

    private static long revision(Distribution site) {
        String health = ask(site, "health").body();
        return Long.parseLong(health.replaceAll("(?s).*\"revision\":(\\d+).*", "$1"));
    }

    private static String credentials(Distribution site) {
        String login = "admin:" + site.password().orElseThrow();
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }
}
