/**
 * The worlds that the lab plays when strategies are compared. Read {@link org.vinestock.lab.trial.LabGround} first.
 */
@NullMarked
package org.vinestock.lab.trial;

import org.jspecify.annotations.NullMarked;
