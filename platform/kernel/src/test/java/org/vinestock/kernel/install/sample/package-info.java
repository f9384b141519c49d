/** A decision point for the installer's tests, seen by the platform and by plugins alike. */
package org.vinestock.kernel.install.sample;
