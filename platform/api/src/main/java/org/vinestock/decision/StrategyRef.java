package org.vinestock.decision;

/**
 * Names a strategy exactly.
 *
 * @param point the decision point, such as {@code placement.place}
 * @param name the strategy, such as {@code best-fit}
 * @param version such as {@code 1.0}
 * @param digest of the jar that it came from, 12 hexadecimal digits, a dash and more if its configuration counts;
 *     {@code built-in} for ours
 */
public record StrategyRef(String point, String name, String version, String digest) {
    /** The digest of strategies that come with an area. */
    public static final String BUILT_IN = "built-in";

    /** Returns {@code name@version}, as people type it. */
    public String shortName() {
        return name + "@" + version;
    }

    @Override
    public String toString() {
        return point + "/" + name + "@" + version + "#" + digest;
    }
}
