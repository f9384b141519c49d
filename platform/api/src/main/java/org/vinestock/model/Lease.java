package org.vinestock.model;

/**
 * The right to act on an object. Whoever is shown an older epoch than it has seen for the object refuses.
 *
 * @param holder who acts, such as a task
 * @param epoch grows with every new holder
 */
public record Lease(ObjectId object, String holder, long epoch) {}
