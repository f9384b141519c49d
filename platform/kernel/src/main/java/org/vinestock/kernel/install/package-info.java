/**
 * Takes vendors' strategies from {@code deploy/}: checks a jar, installs it, runs its contract, and lets it go again. Read
 * {@link org.vinestock.kernel.install.StrategyInstaller} first.
 */
@NullMarked
package org.vinestock.kernel.install;

import org.jspecify.annotations.NullMarked;
