package org.vinestock.benchmarks.live;

import static org.vinestock.benchmarks.Figures.millis;
import static org.vinestock.benchmarks.Figures.quantile;
import static org.vinestock.benchmarks.Figures.say;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vinestock.itests.Distribution;
import org.vinestock.itests.FrontDoor;

/**
 * A large site live in a container of its own: builds it by the lab, adds rules, imports VMs, listens to it a hundred times
 * over, looks at it and changes it, and starts it anew after a stop and after {@code kill -9}. {@code
 * itests/benchmarks/live} runs it; arguments: hosts, VMs, rules.
 */
public final class LiveFigures {
    private static final Pattern READY = Pattern.compile("ready in (\\d+\\.\\d+) s");
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final int LISTENERS = 100;
    private static final int PAGES = 100;
    private static final int PACE = Integer.getInteger("live.pace", 50);
    private static final int SECONDS = Integer.getInteger("live.seconds", 20);
    private static final int HOSTS_A_RACK = 40;
    private static final int ZONES = 10;

    private final int hosts;
    private final int vms;
    private final int rules;
    private final Path home;
    private final String password;
    private Distribution site;
    private Rest rest;
    private Container container;

    private LiveFigures(int hosts, int vms, int rules) throws IOException {
        this.hosts = hosts;
        this.vms = vms;
        this.rules = rules;
        home = FrontDoor.newHome("live");
        Path etc = Files.createDirectories(home.resolve("etc"));
        String jvm = System.getProperty("live.jvm", "-Xmx1g");
        Files.writeString(
                etc.resolve("jvm.options"),
                String.join("\n", jvm.split(" +", -1)) + "\n-Xlog:gc:file=" + Container.gcLog(home) + "\n");
        say("%d hosts, %d VMs, %d rules; %s; home %s", hosts, vms, rules, jvm, home);
        site = Distribution.start(home, "--empty");
        password = site.password().orElseThrow();
        rest = new Rest(site.uri(), password);
        container = new Container(site);
        say("empty: ready in %s s, %d MB resident", ready(), container.residentMb());
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        int[] numbers = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        LiveFigures live = new LiveFigures(
                numbers.length > 0 ? numbers[0] : 10_000,
                numbers.length > 1 ? numbers[1] : 100_000,
                numbers.length > 2 ? numbers[2] : 1_000);
        try {
            live.run();
        } finally {
            live.site.stop();
        }
    }

    private void run() throws IOException {
        build();
        weight("built");
        idle();
        pages("nobody changes anything");
        change("nobody listens");
        try (Listeners listeners = new Listeners(site.uri(), LISTENERS)) {
            Rest.rest(1_000);
            change(LISTENERS + " listen");
            pages(LISTENERS + " listen");
            told(listeners);
        }
        weight("after all that");
        say("stop: %.1f s", timed(() -> site.stop()));
        restart();
        kill();
        idle();
    }

    private void build() throws IOException {
        double built = timed(() -> rest.done(
                "api/v1/lab/build",
                "{\"hosts\":" + hosts + ",\"racks\":" + Math.max(1, hosts / HOSTS_A_RACK) + ",\"zones\":"
                        + Math.min(ZONES, hosts) + ",\"cores\":64,\"memory\":\"256GiB\"}"));
        double up = timed(() -> await("hosts up", () -> count("host/list?state=UP&limit=10000") >= hosts));
        say("lab.build %.1f s, all hosts have reported %.1f s later", built, up);
        double added = timed(() -> {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < rules; i++) {
                answers.add(rest.start("api/v1/placement/add-rule", Rules.json(i)));
                if (answers.size() == 32 || i == rules - 1) {
                    answers.forEach(LiveFigures::accepted);
                    answers.clear();
                }
            }
        });
        say("%d rules by REST in %.1f s", rules, added);
        List<String> names = new ArrayList<>();
        for (JsonNode row : rest.rows("api/v1/host/list?limit=10000")) {
            names.add(row.get("id").asText());
        }
        Path document = home.resolve("site.json");
        SiteDocumentFile.write(document, names, vms, rules);
        post("lab/speed", "{\"factor\":10000}");
        double imported = timed(() -> rest.done("api/v1/site/import", "{\"file\":\"" + document + "\"}"));
        say("site.import of %,d VMs, %,d bytes: %.1f s", vms, Files.size(document), imported);
        double made = timed(() -> rest.done("api/v1/vm/make-all", "{}"));
        post("lab/speed", "{\"factor\":1}");
        int running = rest.rows("api/v1/lab/info").path(0).path("running").asInt();
        say("vm.make-all: %.1f s, %.0f VMs a second; %,d run", made, vms / made, running);
        if (running < vms) {
            throw new AssertionError(running + " of " + vms + " VMs run");
        }
    }

    private void idle() {
        Rest.rest(5_000);
        int mark = container.gcMark();
        double before = container.cpuSeconds();
        Rest.rest(20_000);
        say(
                "idle: %.1f %% of a CPU, %d pauses of the collector",
                (container.cpuSeconds() - before) * 5, container.pauses(mark).length);
    }

    private void weight(String when) {
        say("%s: %d MB of objects, %d MB resident", when, container.liveMb(), container.residentMb());
    }

    private void pages(String when) {
        List<String> views = List.of(
                "vm/list?limit=100",
                "vm/list?limit=100&after=big-5",
                "vm/list?limit=100&label=app%3Da7",
                "vm/list?limit=100&state=STOPPED",
                "vm/list?limit=10000",
                "vm/info/big-77",
                "host/racks?limit=1000",
                "host/list?limit=100",
                "host/list?limit=10000",
                "placement/rules?limit=100",
                "placement/rules?limit=1000",
                "decision/list?limit=100",
                "task/list?limit=100",
                "audit/list?limit=100",
                "strategy/list",
                "lab/info",
                "platform/info",
                "alarm/list");
        for (String view : views) {
            int count = view.endsWith("000") ? PAGES / 5 : PAGES;
            long[] nanos = new long[count];
            long bytes = 0;
            for (int i = 0; i < count / 5; i++) {
                rest.page("api/v1/" + view);
            }
            double cpu = container.cpuSeconds();
            for (int i = 0; i < count; i++) {
                long begun = System.nanoTime();
                bytes = rest.page("api/v1/" + view).length();
                nanos[i] = System.nanoTime() - begun;
            }
            cpu = container.cpuSeconds() - cpu;
            Arrays.sort(nanos);
            say(
                    "page, %s: %s: p50 %.1f, p99 %.1f ms, %.1f ms of CPU, %,d bytes",
                    when, view, millis(nanos, 0.5), millis(nanos, 0.99), cpu * 1000 / count, bytes);
        }
    }

    private void change(String when) {
        Arrivals arrivals = new Arrivals(rest, rules);
        arrivals.paced(PACE, 5);
        changed(when + ", " + PACE + " come and leave a second", () -> arrivals.paced(PACE, SECONDS));
        changed(when + ", 64 outstanding", () -> arrivals.flatOut(2_000, 64));
    }

    private interface Work {
        Arrivals.Acknowledged run();
    }

    private void changed(String what, Work work) {
        int mark = container.gcMark();
        double cpu = container.cpuSeconds();
        Arrivals.Acknowledged done = work.run();
        cpu = container.cpuSeconds() - cpu;
        long[] pauses = container.pauses(mark);
        say(
                "vm.create, %s: %.0f a second, acknowledged p50 %.1f, p99 %.1f, max %.1f ms; %d failed %s; %.1f s of CPU;"
                        + " %d pauses, p99 %.1f, max %.1f ms",
                what,
                done.perSecond(),
                millis(done.nanos(), 0.5),
                millis(done.nanos(), 0.99),
                quantile(done.nanos(), 1) / 1e6,
                done.failed(),
                done.lastFailure(),
                cpu,
                pauses.length,
                pauses.length == 0 ? 0 : quantile(pauses, 0.99) / 1e3,
                pauses.length == 0 ? 0 : quantile(pauses, 1) / 1e3);
    }

    private void told(Listeners listeners) {
        Rest.rest(3_000);
        long changes = 0;
        long bytes = 0;
        long anew = 0;
        long gaps = 0;
        long[] ends = new long[listeners.quick().size()];
        for (int i = 0; i < ends.length; i++) {
            Listening each = listeners.quick().get(i);
            synchronized (each) {
                changes += each.changes();
                bytes += each.bytes();
                anew += each.anew();
                gaps += each.gaps();
                ends[i] = each.revision();
            }
        }
        Arrays.sort(ends);
        Listening slow = listeners.slow();
        say(
                "%d listeners: %,d events of changes, %,d bytes, %d times told to look anew, %d gaps; revisions %d to %d;"
                        + " the slow one: %d events, %,d bytes, %d times anew, %d gaps, at revision %d",
                ends.length,
                changes,
                bytes,
                anew - ends.length,
                gaps,
                ends[0],
                ends[ends.length - 1],
                slow.changes(),
                slow.bytes(),
                slow.anew() - 1,
                slow.gaps(),
                slow.revision());
        if (gaps + slow.gaps() > 0 || ends[0] != ends[ends.length - 1]) {
            throw new AssertionError("a listener was not told everything");
        }
    }

    private void restart() {
        site = Distribution.start(home, "--empty");
        rest = new Rest(site.uri(), password);
        back("after a stop: ready in " + ready() + " s");
    }

    /** Its supervisor starts it anew. */
    private void kill() {
        ProcessHandle killed = site.container().orElseThrow();
        killed.destroyForcibly();
        double ready = timed(() -> await(
                "the site",
                () -> site.container().filter(now -> now.pid() != killed.pid()).isPresent() && isHealthy()));
        back(String.format(Locale.ROOT, "after kill -9: ready %.1f s after the kill", ready));
    }

    private boolean isHealthy() {
        try {
            rest.page("health");
            return true;
        } catch (CompletionException | AssertionError e) {
            return false;
        }
    }

    private void back(String how) {
        container = new Container(site);
        double on = timed(() -> await(
                "hosts on",
                () -> rest.rows("api/v1/lab/info").path(0).path("hosts").asInt() == hosts));
        int running = rest.rows("api/v1/lab/info").path(0).path("running").asInt();
        say("%s, hosts on %.1f s later, %,d VMs run, %.1f s of CPU", how, on, running, container.cpuSeconds());
        if (running < vms) {
            throw new AssertionError(running + " of " + vms + " VMs run");
        }
        weight("then");
    }

    private String ready() {
        Matcher matcher = READY.matcher(site.started());
        return matcher.find() ? matcher.group(1) : "?";
    }

    private int count(String path) {
        return rest.rows("api/v1/" + path).size();
    }

    private void post(String path, String json) {
        rest.done("api/v1/" + path, json);
    }

    private static void accepted(CompletableFuture<HttpResponse<String>> answer) {
        if (answer.join().statusCode() != 202) {
            throw new AssertionError(answer.join().body());
        }
    }

    private interface Question {
        boolean isSo();
    }

    private static void await(String what, Question question) {
        Distribution.eventually(what, LONG, () -> Optional.of(true).filter(any -> question.isSo()));
    }

    private static double timed(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }
}
