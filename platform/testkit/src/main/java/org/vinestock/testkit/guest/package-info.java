/**
 * Small guests for tests of real VMs, made of Debian's own kernel and busybox. Read {@link
 * org.vinestock.testkit.guest.TestGuest} first.
 */
@NullMarked
package org.vinestock.testkit.guest;

import org.jspecify.annotations.NullMarked;
