/** What is in the plugins of the installer's tests: packed into jars, loaded from there. */
package org.vinestock.kernel.install.vendor;
