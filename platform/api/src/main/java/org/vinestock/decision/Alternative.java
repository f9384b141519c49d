package org.vinestock.decision;

/**
 * Something else that could have been chosen.
 *
 * @param score larger is better, comparable within one answer
 */
public record Alternative<A>(A choice, double score) {}
