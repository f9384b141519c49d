/**
 * Reports: what came of something long, such as a comparison of strategies, as data that can be shown as text, as JSON and
 * as a page with charts. Read {@link org.vinestock.report.Report} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.report;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;
