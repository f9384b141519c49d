/**
 * Shell commands derived from operations and views: one for each, registered when their area arrives. {@link
 * org.vinestock.surfaces.shell.ShellCall} carries one out and knows nothing of Karaf.
 */
@NullMarked
package org.vinestock.surfaces.shell;

import org.jspecify.annotations.NullMarked;
