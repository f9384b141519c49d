package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons and rehearsals from outside, in a container of their own with the demo site. */
class TrialsIT {
    private static Distribution site;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        site = Distribution.start(FrontDoor.newHome("trials"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), pattern + " is missing in " + text);
        return matcher.group(1);
    }

    /** The page of the report that a command's JSON names. */
    private static String page(String json) {
        String address = find("\"page\":\"([^\"]+)\"", json);
        assertTrue(address.startsWith(site.uri().toString() + "reports/"), address);
        HttpResponse<String> page = site.get(address);
        assertEquals(200, page.statusCode(), page.body());
        assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
        assertTrue(
                page.headers().firstValue("Content-Security-Policy").orElse("").startsWith("default-src 'none'"));
        assertFalse(page.body().contains("<script") || page.body().contains("src="), "it needs nothing else");
        return page.body();
    }

    private static void refused(String command, String said) {
        Ended ended = site.exec(command);
        assertEquals(1, ended.status(), ended.toString());
        assertEquals("", ended.out());
        assertTrue(ended.err().matches(said + "\n"), ended.err());
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
    void comparesTwoStrategiesOnATrace() throws IOException {
        String compare = "strategy:compare placement.place best-fit@1.0 spread@1.0 --hosts 8 --on " + smallTrace();
        String json = site.exec(compare + " --json").orThrow();
        assertEquals("32", find("\"strategy\":\"best-fit@1.0\",\"asked\":(\\d+)", json));
        assertTrue(json.contains("\"verdict\":\"best-fit@1.0 is better here: both turned away nothing"), json);
        String page = page(json);
        assertTrue(page.contains("Hosts in use") && page.contains("<svg") && page.contains("How long answers took"));
        String report = find("\"report\":\"([^\"]+)\"", json);
        assertTrue(site.exec("report:list").orThrow().contains(report));
        HttpResponse<String> data = site.get("/api/v1/report/info/" + report);
        assertEquals(200, data.statusCode());
        assertTrue(data.body().contains("\"type\":\"Curves\""), data.body());
        String text = site.exec(compare).orThrow();
        assertTrue(text.contains("verdict") && text.contains("best-fit@1.0") && text.contains("/reports/"), text);
    }

    @Test
    void badInputIsOneClearErrorAndNoReportIsLeft() throws IOException {
        String before = site.exec("report:list --json").orThrow();
        refused(
                "strategy:compare placement.place worst-fit best-fit",
                "first: \"worst-fit\" is unknown at placement.place; accepted: .*best-fit@1.0.*");
        refused(
                "strategy:compare placement.nowhere best-fit spread",
                "point: \"placement.nowhere\" is unknown; accepted: placement.place");
        Path trace = smallTrace();
        Files.writeString(trace, "0 b,b,g,|,g,b,b,b,b,|,\n300 b,b,what,|\n");
        refused(
                "strategy:compare placement.place best-fit spread --on " + trace,
                "file .*s.small.txt line 2 has the flavour \"what\"; accepted: a letter.*");
        refused(
                "lab:rehearse --fail zone-b",
                "fail \"zone-b\" is neither a host nor a rack nor a zone of this site; accepted: such as .*");
        refused("lab:rehearse --fail z1 --with nobody", "with: \"nobody\" is unknown at placement.place; accepted: .*");
        assertEquals(404, site.get("/reports/none.html").statusCode());
        assertEquals(before, site.exec("report:list --json").orThrow());
    }

    @Test
    void rehearsesTheLossOfAZoneAndTouchesNothing() {
        Distribution.eventually(
                "VMs have arrived",
                Duration.ofSeconds(60),
                () -> Optional.of(site.exec("lab:info --json").orThrow())
                        .filter(info -> Integer.parseInt(find("\"running\":(\\d+)", info)) > 20));
        String json = site.exec("lab:rehearse --from live --fail z1 --json").orThrow();
        int affected = Integer.parseInt(find("\"affected\":(\\d+)", json));
        int restarted = Integer.parseInt(find("\"restarted\":(\\d+)", json));
        assertTrue(affected > 5 && restarted > 0 && restarted <= affected, json);
        assertTrue(json.contains("\"hostsLost\":12,\"hostsLeft\":12"), json);
        String page = page(json);
        assertTrue(page.contains("If z1 is lost, ") && page.contains("How full the hosts are"), json);
        assertTrue(
                site.exec("lab:info --json").orThrow().contains("\"withoutPower\":[]"), "the site itself lost nothing");
        assertFalse(site.exec("host:list --json").orThrow().contains("\"state\":\"DOWN\""));
    }

    @Test
    void playsAgainWhatCameToThisSite() {
        Distribution.eventually(
                "VMs have arrived",
                Duration.ofSeconds(60),
                () -> Optional.of(site.exec("lab:info --json").orThrow())
                        .filter(info -> Integer.parseInt(find("\"created\":(\\d+)", info)) > 20));
        String json = site.exec("strategy:compare placement.place best-fit spread --on live --json")
                .orThrow();
        assertTrue(json.contains("\"on\":\"what came to this site in the last "), json);
        assertTrue(Integer.parseInt(find("\"asked\":(\\d+)", json)) > 5, json);
        page(json);
    }

    @Test
    void aComparisonThatIsCancelledEnds() {
        String task = site.exec(
                        "strategy:compare placement.place best-fit spread --minutes 100000 --hosts 100 --wait 0")
                .orThrow()
                .strip();
        site.exec("task:cancel " + task).orThrow();
        Distribution.eventually(
                "it is cancelled",
                Duration.ofSeconds(60),
                () -> Optional.of(site.exec("task:info " + task + " --json").orThrow())
                        .filter(info -> info.contains("\"state\":\"CANCELLED\"")));
        assertEquals(200, site.get("/health").statusCode());
    }

    @Test
    void strategiesThatNeverReturnAreEndedAndNamed() {
        // Before they arrive: as shadows they would be asked, and be quarantined.
        site.exec("vm:create in-trouble --labels trouble=block").orThrow();
        String host = find(
                "\"wantedHost\":\"([^\"]+)\"",
                site.exec("vm:info in-trouble --json").orThrow());
        for (String version : new String[] {"1.0", "1.1"}) {
            site.deploy(PluginJar.bad("stuck")
                            .with("Bundle-Version", version + ".0")
                            .as(folder, "stuck-" + version + ".jar"))
                    .orThrow();
        }
        refused(
                "strategy:compare placement.place stuck@1.0 stuck@1.1 --on live",
                "stuck@1.0 at placement.place did not return within 10000 ms .*; stuck@1.1 at placement.place did not"
                        + " return within 10000 ms .*");
        refused(
                "lab:rehearse --with stuck@1.0 --fail " + host,
                "stuck@1.0 at placement.place did not return within 10000 ms .*");
        assertEquals(200, site.get("/health").statusCode());
    }
}
