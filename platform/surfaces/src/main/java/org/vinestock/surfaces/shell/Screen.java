package org.vinestock.surfaces.shell;

import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param width how many characters fit in a line; {@link org.vinestock.surfaces.text.Table#UNLIMITED} if nobody looks
 *     at it
 * @param interactive whether a person looks at it while it runs
 * @param flush hands on what was printed so far
 */
record Screen(PrintStream out, PrintStream err, int width, boolean interactive, Runnable flush) {}
