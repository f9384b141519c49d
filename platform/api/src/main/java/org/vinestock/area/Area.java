package org.vinestock.area;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * All that a provider registers: one service of this type. The container, tests and twins call {@link #build} alike, as
 * often as they like; each call makes an object graph of its own that shares nothing with the others.
 */
@ConsumerType
public interface Area {
    /** Such as {@code placement}. */
    String name();

    /** Builds the object graph; starts nothing that does not go through {@code platform}. */
    Parts build(Platform platform);
}
