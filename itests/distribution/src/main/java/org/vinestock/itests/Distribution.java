package org.vinestock.itests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A distribution that runs detached on free ports, in a home of its own. Closing stops it. */
public final class Distribution implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
    private static final Pattern PASSWORD = Pattern.compile("admin password: (\\S+)");
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path home;
    private final String started;
    private final URI uri;

    private Distribution(Path home, String started) {
        this.home = home;
        this.started = started;
        uri = URI.create(find(URL, started).orElseThrow(() -> new AssertionError("no URL in: " + started)));
    }

    /** Starts one and returns when it serves; the options are those of {@code run}. */
    public static Distribution start(Path home, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("--detach", "--home", home.toString(), "--http-port", "0", "--ssh-port", "0"));
        arguments.addAll(Arrays.asList(options));
        return new Distribution(
                home, FrontDoor.run(arguments.toArray(new String[0])).orThrow());
    }

    public Path home() {
        return home;
    }

    /** What {@code run} printed when it was ready. */
    public String started() {
        return started;
    }

    /** The root of REST and console. */
    public URI uri() {
        return uri;
    }

    /** The admin's password, if this start made it. */
    public Optional<String> password() {
        return find(PASSWORD, started).map(text -> text.substring("admin password: ".length()));
    }

    /** Runs a shell command. */
    public Ended exec(String command) {
        return FrontDoor.run("exec", "--home", home.toString(), command);
    }

    /** Hands over a jar and waits for the verdict. */
    public Ended deploy(Path jar) {
        return FrontDoor.run("deploy", "--home", home.toString(), jar.toString());
    }

    public Ended status() {
        return FrontDoor.run("status", "--home", home.toString());
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    /** Posts a JSON document. */
    public HttpResponse<String> post(String path, String json) {
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)),
                path);
    }

    /** Sends any request; the path is below {@link #uri}. */
    public HttpResponse<String> send(HttpRequest.Builder request, String path) {
        try {
            return http.send(request.uri(uri.resolve(path)).timeout(ANSWER).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The process of the container, empty while there is none. */
    public Optional<ProcessHandle> container() {
        return process("container.pid");
    }

    public Optional<ProcessHandle> supervisor() {
        return process("supervisor.pid");
    }

    private Optional<ProcessHandle> process(String file) {
        try {
            String pid = Files.readString(home.resolve("run").resolve(file)).trim();
            return pid.isEmpty() // it is being written
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(pid)).filter(Distribution::runs);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it runs; one that has ended and that nobody has collected yet does not. */
    public static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** Asks until there is an answer; fails with what was waited for. */
    public static <T> T eventually(String what, Duration limit, Supplier<Optional<T>> question) {
        long until = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** Stops it; a second call does nothing. */
    public Ended stop() {
        return FrontDoor.run("stop", "--home", home.toString());
    }

    @Override
    public void close() {
        stop();
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
