package org.vinestock.view;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What the only row of a {@link View} may be besides: a picture. REST answers it as {@code image/png}, so that a browser
 * shows it, unless JSON is accepted first.
 */
@ConsumerType
@FunctionalInterface
public interface Picture {
    /** The bytes of the picture, as PNG. */
    byte[] asPng();
}
