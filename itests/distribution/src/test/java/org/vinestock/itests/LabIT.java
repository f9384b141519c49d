package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The lab from outside, in a container of its own: hosts lose their power here and lab time runs fast. */
class LabIT {
    private static Distribution site;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        site = Distribution.start(FrontDoor.newHome("lab"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static double info(String key) {
        return number(site.exec("lab:info --json").orThrow(), key);
    }

    private static double number(String json, String key) {
        Matcher matcher =
                Pattern.compile("\"" + key + "\":(-?[0-9.]+(?:E[0-9]+)?)").matcher(json);
        assertTrue(matcher.find(), key + " is missing in " + json);
        return Double.parseDouble(matcher.group(1));
    }

    private static Optional<String> state(String host) {
        Matcher matcher = Pattern.compile("\"id\":\"" + host + "\",\"state\":\"([A-Z]+)\"")
                .matcher(site.exec("host:list --json").orThrow());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Test
    void tenantsKeepTheDemoSiteBusyButNotFull() {
        assertEquals(24, info("hosts"));
        Distribution.eventually(
                "60 to 75 % of the CPU is taken",
                Duration.ofSeconds(60), () -> Optional.of(info("cpu")).filter(cpu -> cpu > 0.60 && cpu < 0.75));
        double created = info("created");
        Distribution.eventually(
                "more VMs arrive",
                Duration.ofSeconds(30),
                () -> Optional.of(info("created")).filter(now -> now > created));
    }

    @Test
    void aHostLosesItsPowerAndGetsItBack() {
        site.exec("lab:fail z1-r2-h07").orThrow();
        Distribution.eventually(
                "the host is down",
                Duration.ofSeconds(30),
                () -> state("z1-r2-h07").filter("DOWN"::equals));
        assertTrue(site.exec("lab:info --json").orThrow().contains("\"withoutPower\":[\"z1-r2-h07\"]"));
        site.exec("lab:heal").orThrow();
        Distribution.eventually(
                "the host is up",
                Duration.ofSeconds(30),
                () -> state("z1-r2-h07").filter("UP"::equals));
    }

    @Test
    void whatIsUnknownOrOutOfRangeIsOneClearError() {
        for (String command :
                List.of("lab:fail z9", "lab:heal nowhere", "lab:speed -1", "lab:speed 1e9", "lab:build")) {
            Ended ended = site.exec(command);
            assertTrue(ended.status() != 0, ended.toString());
            String said = ended.out() + ended.err();
            assertTrue(said.contains("accepted"), ended.toString());
            assertEquals(1, said.strip().lines().count(), ended.toString());
        }
    }

    @Test
    void theContainerStaysHealthyWhenLabTimeRunsAThousandTimesAsFast() {
        double created = info("created");
        site.exec("lab:speed 1000").orThrow();
        try {
            for (int i = 0; i < 10; i++) {
                HttpResponse<String> health = site.get("/health");
                assertEquals(200, health.statusCode(), health.body());
                assertTrue(info("outstanding") <= 32);
            }
        } finally {
            site.exec("lab:speed 1").orThrow();
        }
        assertTrue(
                info("created") > created + 500,
                "it was busy: " + site.exec("lab:info").out());
        String what = site.exec("lab:info").orThrow();
        assertTrue(what.contains("not issued"), what);
    }

    @Test
    void replaysRecordedArrivalsBesideTheLiveSite(TestReporter reporter) throws IOException {
        String data = System.getProperty("vinestock.data", "");
        boolean recorded = !data.isEmpty();
        if (!recorded) {
            reporter.publishEntry(
                    "the public trace is not named (-Dvinestock.data=DIR): a small made-up one is replayed");
        }
        Path trace = recorded ? Path.of(data, "azure-arrivals", "v1.dev.txt.gz") : smallTrace();
        String shape = recorded ? "" : " --hosts 8 --cores 8 --memory 32GiB";
        double[] hosts = new double[2];
        String[] strategies = {"best-fit@1.0", "spread@1.0"};
        for (int i = 0; i < strategies.length; i++) {
            String result = site.exec("lab:replay " + trace + shape + " --json --strategy " + strategies[i])
                    .orThrow();
            reporter.publishEntry(strategies[i], result);
            assertEquals(recorded ? 259_159 : 32, number(result, "placed"), result);
            assertEquals(0, number(result, "byFallback"), result);
            hosts[i] = number(result, "hostsMean");
        }
        assertTrue(hosts[0] < hosts[1], "best-fit needs fewer hosts than spread: " + hosts[0] + ", " + hosts[1]);
        String kept = site.exec("lab:replays").orThrow();
        assertTrue(kept.contains("best-fit@1.0") && kept.contains("spread@1.0"), kept);
        assertEquals(0, site.status().status());
    }

    /** 4 periods with 8 VMs each, two batches, that live 5 to 10 minutes. */
    private Path smallTrace() throws IOException {
        Files.writeString(folder.resolve("flav_map.txt"), "1,1.75 b\n2,3.5 g\n");
        Files.writeString(folder.resolve("s.interval_map.txt"), "0 0\n300 1\n600 2\n");
        StringBuilder flavours = new StringBuilder();
        StringBuilder lifetimes = new StringBuilder();
        for (int second = 0; second < 1200; second += 300) {
            flavours.append(second).append(" b,b,g,|,g,b,b,b,b,|,\n");
            lifetimes.append(second).append(" U2,U1,C1,|,U2,U2,U2,U1,U2,|,\n");
        }
        Files.writeString(folder.resolve("s.small.c1200.txt"), lifetimes);
        return Files.writeString(folder.resolve("s.small.txt"), flavours);
    }

    @Test
    void aBrokenLineOfATraceIsOneClearErrorAndNoReplayIsLeft() throws IOException {
        String before = site.exec("lab:replays --json").orThrow();
        String first = "0 b,b,g,|,g,b,b,b,b,|,\n";
        refusesTheTrace(
                "s.small.txt", first + "300 b,b,what,|\n", " line 2 has the flavour \"what\"; accepted: a letter.*");
        refusesTheTrace(
                "s.small.txt", first + "soon b,b,g,|\n", " line 2 has \"soon\" as seconds; accepted: seconds, .*");
        refusesTheTrace("s.small.txt", first + "300\n600 b\n", " line 2 is \"300\"; accepted: seconds, a space.*");
        refusesTheTrace(
                "s.small.c1200.txt",
                "0 U2,U1,C1,|,U2,U2,U2,U1,U2,|,\n300 U2,Usome,C1,|,U2,U2,U2,U1,U2,|,\n",
                " line 2 has \"some\" as bin; accepted: U or C and a bin from 0 to 2");
        refusesTheTrace("s.small.c1200.txt", first, " line 1 has the lifetime \"b\"; accepted: U or C and .*");
        refusesTheTrace("s.interval_map.txt", "0 0\n300 one\n600 2\n", " line 2 has \"one\" as bin; accepted: .*");
        refusesTheTrace("flav_map.txt", "1,1.75 b\n2 g\n", " line 2 is \"2 g\"; accepted: vCPU,GB and a letter.*");
        assertRefused(
                "file " + Pattern.quote(folder.resolve("none.txt").toString()) + " does not exist; accepted: .*",
                folder.resolve("none.txt"));
        assertEquals(before, site.exec("lab:replays --json").orThrow());
    }

    /** Replays the small trace with another text in one of its files. */
    private void refusesTheTrace(String file, String text, String said) throws IOException {
        Path trace = smallTrace();
        Path broken = Files.writeString(folder.resolve(file), text);
        assertRefused("file " + Pattern.quote(broken.toString()) + said, trace);
    }

    private static void assertRefused(String said, Path trace) {
        Ended ended = site.exec("lab:replay " + trace + " --hosts 8");
        assertEquals(1, ended.status(), ended.toString());
        assertEquals("", ended.out());
        assertTrue(ended.err().matches(said + "\n"), ended.err());
    }
}
