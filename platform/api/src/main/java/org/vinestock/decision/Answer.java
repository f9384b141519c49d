package org.vinestock.decision;

import java.util.List;

/**
 * What a strategy answers.
 *
 * @param choice what to do
 * @param because one sentence for people
 * @param alternatives what else was considered, best first, at most {@value #MAX_ALTERNATIVES}; more are cut off
 * @param vetoes how many candidates were left out by which rule: the strategy's claim, {@code explain} recomputes it
 */
public record Answer<A>(A choice, String because, List<Alternative<A>> alternatives, List<Tally> vetoes) {
    /** How many alternatives are kept. */
    public static final int MAX_ALTERNATIVES = 16;

    /** Copies the lists and cuts off alternatives beyond the limit. */
    public Answer {
        alternatives = List.copyOf(alternatives.subList(0, Math.min(MAX_ALTERNATIVES, alternatives.size())));
        vetoes = List.copyOf(vetoes);
    }

    /** Makes an answer without alternatives and vetoes. */
    public Answer(A choice, String because) {
        this(choice, because, List.of(), List.of());
    }
}
