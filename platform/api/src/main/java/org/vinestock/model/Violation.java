package org.vinestock.model;

/**
 * Something that may not be.
 *
 * @param rule what forbids it, such as {@code capacity} or the id of a placement rule
 * @param message one sentence with the numbers
 */
public record Violation(String rule, String message) {}
