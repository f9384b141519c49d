package org.vinestock.benchmarks.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** Talks to a container as the admin. Any thread. */
final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;
    private final String signedIn;

    Rest(URI uri, String password) {
        this.uri = uri;
        this.signedIn =
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    }

    URI uri() {
        return uri;
    }

    /** The first page of a view, with its query. */
    String page(String path) {
        HttpResponse<String> answer = await(http.sendAsync(request(path).GET().build(), BodyHandlers.ofString()));
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** The rows of a page. */
    JsonNode rows(String path) {
        try {
            return JSON.readTree(page(path)).path("rows");
        } catch (IOException e) {
            throw new AssertionError(path + ": " + e, e);
        }
    }

    /** Starts an operation; completes with the answer. */
    CompletableFuture<HttpResponse<String>> start(String path, String json) {
        return http.sendAsync(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Runs an operation and waits for its end, however long it takes. */
    void done(String path, String json) {
        HttpResponse<String> answer = await(start(path + "?wait=60", json));
        if (answer.statusCode() == 202) {
            String task = answer.headers().firstValue("Location").orElseThrow();
            while (true) {
                String state = rows(task.substring(1)).path(0).path("state").asText();
                if (state.equals("DONE")) {
                    return;
                } else if (!state.equals("RUNNING") && !state.equals("QUEUED")) {
                    throw new AssertionError(path + ": " + rows(task.substring(1)));
                }
                rest(200);
            }
        } else if (answer.statusCode() != 200) {
            throw new AssertionError(path + " " + json + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri.resolve("/" + path)).timeout(ANSWER).header("Authorization", signedIn);
    }

    static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T await(CompletableFuture<T> stage) {
        return stage.join();
    }
}
