/** What people see of the audit. Who tells it what is done: tasks of people, and every change of what the keeper keeps. */
@NullMarked
package org.vinestock.kernel.audit;

import org.jspecify.annotations.NullMarked;
