/**
 * The reports that are kept, and what people see of them. Read {@link org.vinestock.kernel.report.ReportShelf} first.
 */
@NullMarked
package org.vinestock.kernel.report;

import org.jspecify.annotations.NullMarked;
