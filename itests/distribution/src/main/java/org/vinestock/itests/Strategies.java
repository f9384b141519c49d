package org.vinestock.itests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The placement strategies of a running distribution: seen by REST, changed by the shell as a person does. */
public final class Strategies {
    /** The point that all plugins of the tests are for. */
    public static final String POINT = "placement.place";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Distribution distribution;

    public Strategies(Distribution distribution) {
        this.distribution = distribution;
    }

    /** The rows of a view, such as {@code strategy/list}. */
    public List<JsonNode> rows(String view) {
        HttpResponse<String> answer = distribution.get("/api/v1/" + view);
        if (answer.statusCode() != 200) {
            throw new AssertionError(view + ": " + answer.statusCode() + " " + answer.body());
        }
        List<JsonNode> rows = new ArrayList<>();
        json(answer.body()).get("rows").forEach(rows::add);
        return rows;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** The state of a strategy such as {@code acme@1.0}; {@code UNKNOWN} if there is none of that name. */
    public String state(String strategy) {
        return rows("strategy/list").stream()
                .filter(row -> row.get("strategy").asText().equals(strategy))
                .map(row -> row.get("state").asText())
                .findFirst()
                .orElse("UNKNOWN");
    }

    /** Who decides. */
    public String active() {
        return rows("strategy/list").stream()
                .filter(row -> row.get("state").asText().equals("ACTIVE"))
                .map(row -> row.get("strategy").asText())
                .findFirst()
                .orElse("");
    }

    /** All that is known of a strategy. */
    public JsonNode info(String strategy) {
        return rows("strategy/info/" + POINT + "/" + strategy).get(0);
    }

    /** Waits until a strategy is in a state. */
    public void await(String strategy, String state, Duration limit) {
        Distribution.eventually(
                strategy + " is " + state,
                limit,
                () -> Optional.of(state(strategy)).filter(state::equals));
    }

    /** Hands over a jar and returns the verdict. */
    public String deploy(Path jar) {
        return distribution.deploy(jar).orThrow();
    }

    public String promote(String strategy) {
        return distribution.exec("strategy:promote " + POINT + " " + strategy).orThrow();
    }

    public String retire(String strategy) {
        return distribution.exec("strategy:retire " + POINT + " " + strategy).orThrow();
    }

    public String rollback() {
        return distribution.exec("strategy:rollback " + POINT).orThrow();
    }

    /** Asks where a VM would go that has the label {@code trouble}; returns by whom and why it was answered. */
    public String ask(String trouble) {
        return place(trouble.isEmpty() ? "" : "labels=trouble%3D" + trouble);
    }

    /** Asks where a VM would go; the query is that of the view {@code placement/place}. */
    public String place(String query) {
        return json(distribution.get("/api/v1/placement/place?" + query).body())
                .get("heading")
                .asText();
    }

    /** The alarms that stand about something, such as {@code acme@1.0}. */
    public List<String> alarms(String about) {
        return rows("alarm/list").stream()
                .map(JsonNode::toString)
                .filter(alarm -> alarm.contains(about))
                .toList();
    }

    /** The newest decision about an object, such as {@code new-vm}. */
    public Optional<JsonNode> newest(String subject) {
        return rows("decision/list?limit=1&subject=" + subject).stream().findFirst();
    }

    /** How many VMs arrived in the lab so far. */
    public long arrived() {
        return rows("lab/info").get(0).get("created").asLong();
    }
}
