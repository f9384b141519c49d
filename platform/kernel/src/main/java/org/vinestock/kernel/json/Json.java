package org.vinestock.kernel.json;

/**
 * A JSON value as it is: written unchanged, read without knowing what it is. For what belongs to an area that may not be
 * installed.
 */
public record Json(String text) {}
