/**
 * Worlds in which strategies are tried against each other: an area offers a {@link org.vinestock.trial.TrialGround}, the
 * platform runs it in twins and keeps the score. Read {@link org.vinestock.trial.TrialGround} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.trial;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
