package org.vinestock.kernel.canary;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.Labels;
import org.vinestock.view.InWords;

/**
 * What a strategy is tried under.
 *
 * @param abortIf each of them ends the trial at once
 * @param sample how many questions shares and times are judged from, and how many it takes to be promoted
 * @param since when the trial began
 * @param until when it ends
 * @param then what becomes of it then
 */
public record Terms(Share share, List<Condition> abortIf, int sample, Instant since, Instant until, Then then) {
    /** What ends a trial if nobody says it. */
    public static final List<Condition> USUAL =
            List.of(Condition.parse("violations>0"), Condition.parse("fallbacks>5%"));

    /** Copies the list. */
    public Terms {
        abortIf = List.copyOf(abortIf);
    }

    /** The same by another clock. */
    Terms within(Instant from, Instant to) {
        return new Terms(share, abortIf, sample, from, to, then);
    }

    /** What is wrong by now, with the numbers; null = nothing. */
    public @Nullable String broken(Side canary, Side others) {
        for (Condition condition : abortIf) {
            String broken = condition.broken(canary, others, sample);
            if (broken != null) {
                return broken;
            }
        }
        return null;
    }

    /** In words: who, how long, what then. */
    public String text() {
        return share.text() + " for " + InWords.duration(Duration.between(since, until)) + ", then "
                + (then == Then.PROMOTE ? "ACTIVE" : "SHADOW");
    }

    /** One line that {@link #parse} reads again. */
    public String kept() {
        List<String> parts = new ArrayList<>(List.of(
                "share=" + share.hundredths(), "sample=" + sample, "since=" + since, "until=" + until, "then=" + then));
        share.labels().values().forEach((key, value) -> parts.add("label=" + encoded(key) + "=" + encoded(value)));
        abortIf.forEach(condition -> parts.add("abort-if=" + condition));
        return String.join(" ", parts);
    }

    /**
     * Reads what {@link #kept} wrote.
     *
     * @throws RuntimeException if it was not
     */
    public static Terms parse(String kept) {
        SortedMap<String, String> single = new TreeMap<>();
        SortedMap<String, String> labels = new TreeMap<>();
        List<Condition> conditions = new ArrayList<>();
        for (String part : kept.split(" ", -1)) {
            Map.Entry<String, String> entry = entry(part);
            switch (entry.getKey()) {
                case "label" -> {
                    Map.Entry<String, String> label = entry(entry.getValue());
                    labels.put(decoded(label.getKey()), decoded(label.getValue()));
                }
                case "abort-if" -> conditions.add(Condition.parse(entry.getValue()));
                default -> single.put(entry.getKey(), entry.getValue());
            }
        }
        return new Terms(
                new Share(Integer.parseInt(one(single, "share")), new Labels(labels)),
                conditions,
                Integer.parseInt(one(single, "sample")),
                Instant.parse(one(single, "since")),
                Instant.parse(one(single, "until")),
                Then.valueOf(one(single, "then")));
    }

    private static Map.Entry<String, String> entry(String part) {
        int equals = part.indexOf('=');
        return Map.entry(part.substring(0, equals), part.substring(equals + 1));
    }

    private static String one(SortedMap<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the terms of a canary have no " + key);
        }
        return value;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
