package org.vinestock.placement;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.decision.Tally;
import org.vinestock.placement.rule.CompiledRule;

/** How many hosts fit one question, and how many each reason left out; a host with several counts for the first. */
final class VetoTally {
    static final int DOWN = 0;
    static final int MAINTENANCE = 1;
    static final int CLUSTER = 2;
    static final int AVOID = 3;
    static final int ONLY = 4;
    static final int FULL = 5;
    /** The first of the rules. */
    static final int RULES = 6;

    private static final List<String> NAMES = List.of("down", "maintenance", "cluster", "avoid", "only", "capacity");

    private final List<CompiledRule> rules;
    private final int[] counts;
    private int fit;

    VetoTally(List<CompiledRule> rules) {
        this.rules = rules;
        counts = new int[RULES + rules.size()];
    }

    void fit(int hosts) {
        fit += hosts;
    }

    void veto(int veto, int hosts) {
        counts[veto] += hosts;
    }

    int fit() {
        return fit;
    }

    List<Tally> vetoes() {
        List<Tally> vetoes = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                vetoes.add(new Tally(i < RULES ? NAMES.get(i) : ruleName(i), counts[i]));
            }
        }
        return vetoes;
    }

    String inWords() {
        int looked = fit;
        StringBuilder words = new StringBuilder();
        for (int i : new int[] {FULL, MAINTENANCE, DOWN, CLUSTER, AVOID, ONLY}) {
            looked += counts[i];
            if (counts[i] > 0) {
                words.append(", ")
                        .append(counts[i])
                        .append(
                                switch (i) {
                                    case FULL -> " full";
                                    case MAINTENANCE -> " in maintenance";
                                    case DOWN -> " down";
                                    case CLUSTER -> " in other clusters";
                                    case AVOID -> " to be avoided";
                                    default -> " not asked for";
                                });
            }
        }
        for (int i = RULES; i < counts.length; i++) {
            looked += counts[i];
            if (counts[i] > 0) {
                words.append(", ").append(counts[i]).append(" by rule ").append(ruleName(i));
            }
        }
        return looked + (looked == 1 ? " host: " : " hosts: ") + fit + " fit" + words;
    }

    private String ruleName(int i) {
        return rules.get(i - RULES).rule().id().value();
    }
}
