package org.vinestock.kernel.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.audit.Deed;

/**
 * Tells what changed in a configuration. Of what was there before only short digests are remembered, so that no secret is
 * kept; they are enough to see that a value is another one. Functions only.
 */
final class ConfigurationDeeds {
    /** Who changes files in {@code etc}, nobody knows. */
    private static final String WHO = "etc";

    private static final String WHAT = "configuration.state";
    private static final List<String> SECRET = List.of("password", "secret", "token", "credential");
    private static final int DIGITS = 4;

    private ConfigurationDeeds() {}

    /** What is to be remembered of a configuration: a short digest of each value. */
    static SortedMap<String, String> digests(SortedMap<String, String> values) {
        SortedMap<String, String> digests = new TreeMap<>();
        values.forEach((key, value) -> digests.put(key, digest(key + "=" + value)));
        return digests;
    }

    /**
     * What the audit is told; empty if nothing changed.
     *
     * @param former what was remembered; null = the configuration is new
     * @param now null = it was taken away
     */
    static Optional<Deed> of(
            String pid, @Nullable SortedMap<String, String> former, @Nullable SortedMap<String, String> now) {
        if (now == null) {
            return former == null ? Optional.empty() : Optional.of(new Deed(WHO, WHAT, pid, "removed"));
        }
        SortedMap<String, String> before = former == null ? new TreeMap<>() : former;
        SortedMap<String, String> digests = digests(now);
        List<String> changes = new ArrayList<>();
        now.forEach((key, value) -> {
            if (!Objects.equals(digests.get(key), before.get(key))) {
                changes.add(key + " = " + shown(key, value));
            }
        });
        before.keySet().forEach(key -> {
            if (!now.containsKey(key)) {
                changes.add("no " + key);
            }
        });
        return changes.isEmpty() ? Optional.empty() : Optional.of(new Deed(WHO, WHAT, pid, String.join("; ", changes)));
    }

    private static String shown(String key, String value) {
        String name = key.toLowerCase(Locale.ROOT);
        return SECRET.stream().anyMatch(name::contains) ? "(not shown)" : value;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
