package org.vinestock.benchmarks.swap;

import static org.vinestock.benchmarks.Figures.quantile;
import static org.vinestock.benchmarks.Figures.say;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vinestock.itests.Distribution;
import org.vinestock.itests.FrontDoor;
import org.vinestock.itests.PluginJar;
import org.vinestock.itests.Strategies;

/**
 * Swaps acme for its next version again and again, in a container of its own whose lab makes some 1,000 VMs a second:
 * drops the jar, waits for the verdict, promotes, rolls back, promotes again, deletes the former version's jar. Prints how
 * long that took, what it cost the VMs that arrived meanwhile, and what is left behind. {@code itests/benchmarks/swaps}
 * runs it; its only argument is how often, 50 unless given.
 */
public final class SwapFigures {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern LOST = Pattern.compile("(\\d+) calls lost");
    private static final int LAB_SPEED = 500; // the demo site's 2 VMs a second
    private static final int FILLS_UP = 60_000; // VMs created; two removals each are remembered, up to 100,000

    private final Distribution site;
    private final Strategies strategies;
    private final String signedIn;
    private final Path jars;
    private final long[] drops;
    private final long[] promotions;
    private final long[] rollbacks;
    private final long[] departures;
    private long lost;

    private SwapFigures(Distribution site, int count) throws IOException {
        this.site = site;
        strategies = new Strategies(site);
        String pair = "admin:" + site.password().orElseThrow();
        signedIn = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        jars = Files.createTempDirectory(site.home(), "jars");
        drops = new long[count];
        promotions = new long[2 * count];
        rollbacks = new long[count];
        departures = new long[count];
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? 50 : Integer.parseInt(arguments[0]);
        Path home = FrontDoor.newHome("swaps");
        Path etc = Files.createDirectories(home.resolve("etc"));
        // What a disk takes for each VM is no part of what a swap costs.
        Files.writeString(etc.resolve("org.vinestock.store.cfg"), "url = memory\n");
        try (Distribution site = Distribution.start(home)) {
            new SwapFigures(site, count).run();
        }
    }

    private void run() throws IOException {
        say("%d jar swaps, java %s, home %s", drops.length, System.getProperty("java.version"), site.home());
        deploy(0);
        change("promote", "acme@1.0");
        speed(LAB_SPEED);
        Observed.more(strategies, FILLS_UP); // whatever is bounded has reached its bound
        Weight before = weight();
        Observed observed = new Observed(strategies);
        long begun = System.nanoTime();
        for (int i = 0; i < drops.length; i++) {
            swap(i, observed);
        }
        long took = System.nanoTime() - begun;
        spread("dropped until SHADOW", drops);
        spread("promotion", promotions);
        spread("rollback", rollbacks);
        spread("jar deleted until its strategy is gone", departures);
        say(
                "%,d decisions meanwhile, %,d a second",
                observed.decisions(), observed.decisions() * 1_000_000_000L / took);
        say(
                "%d calls lost, %d operations of tenants failed %s, %d found no room",
                lost, observed.failed(), observed.lastFailure(), observed.refused());
        say(
                "%d answered by another one than the active strategy, %d not looked at",
                observed.byOthers(), observed.unseen());
        for (Map.Entry<String, Integer> each : observed.instead()) {
            say("  %d by %s", each.getValue(), each.getKey());
        }
        say("alarms: %s", observed.alarms());
        say("before: %s", before);
        say("after:  %s", weight());
    }

    private Weight weight() {
        speed(0);
        Weight weight = Weight.of(site);
        speed(LAB_SPEED);
        return weight;
    }

    private void speed(int factor) {
        site.exec("lab:speed " + factor).orThrow();
    }

    private void swap(int i, Observed observed) throws IOException {
        String former = "acme@1." + i;
        String next = "acme@1." + (i + 1);
        drops[i] = deploy(i + 1);
        observed.look();
        promotions[2 * i] = change("promote", next);
        rollbacks[i] = change("rollback", "");
        promotions[2 * i + 1] = change("promote", next);
        long begun = System.nanoTime();
        Files.delete(site.home().resolve("deploy").resolve(jar(i)));
        strategies.await(former, "UNKNOWN", SOON);
        departures[i] = System.nanoTime() - begun;
        observed.look();
    }

    private static String jar(int version) {
        return "acme-1." + version + ".jar";
    }

    /** Drops a version as people do; returns the nanoseconds until its verdict is told. */
    private long deploy(int version) {
        Path jar =
                PluginJar.acme().with("Bundle-Version", "1." + version + ".0").as(jars, jar(version));
        long begun = System.nanoTime();
        String verdict = strategies.deploy(jar);
        long took = System.nanoTime() - begun;
        if (!verdict.startsWith("acme@1." + version + ": contract 41/41 in ") || !verdict.endsWith(" -> SHADOW\n")) {
            throw new AssertionError(verdict);
        }
        return took;
    }

    /** Changes who decides, by REST; returns the nanoseconds until it is done. */
    private long change(String how, String strategy) {
        String json = "{\"point\":\"" + Strategies.POINT + "\""
                + (strategy.isEmpty() ? "" : ",\"strategy\":\"" + strategy + "\"") + "}";
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Authorization", signedIn)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        long begun = System.nanoTime();
        HttpResponse<String> answer = site.send(request, "api/v1/strategy/" + how + "?wait=20");
        long took = System.nanoTime() - begun;
        Matcher matcher = LOST.matcher(answer.body());
        if (answer.statusCode() != 200 || !matcher.find()) {
            throw new AssertionError(how + " " + strategy + ": " + answer.statusCode() + " " + answer.body());
        }
        lost += Long.parseLong(matcher.group(1));
        return took;
    }

    private static void spread(String what, long[] nanos) {
        Arrays.sort(nanos);
        say(
                "%s: min %.3f s, median %.3f s, max %.3f s",
                what, nanos[0] / 1e9, quantile(nanos, 0.5) / 1e9, quantile(nanos, 1) / 1e9);
    }
}
