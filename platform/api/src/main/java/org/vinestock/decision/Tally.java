package org.vinestock.decision;

/** How many candidates a rule left out. */
public record Tally(String rule, int count) {}
