/**
 * What drives a twin: operations started one after the other as something happens. Read {@link
 * org.vinestock.lab.drive.Drive} first.
 */
@NullMarked
package org.vinestock.lab.drive;

import org.jspecify.annotations.NullMarked;
