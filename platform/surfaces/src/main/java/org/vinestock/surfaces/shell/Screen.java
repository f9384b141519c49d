package org.vinestock.surfaces.shell;

import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param width how many characters fit in a line; {@link #UNLIMITED} if nobody looks at it
 * @param interactive whether a person looks at it while it runs
 */
public record Screen(PrintStream out, PrintStream err, int width, boolean interactive) {
    /** No limit to a line. */
    public static final int UNLIMITED = Integer.MAX_VALUE;
}
