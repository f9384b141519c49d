/**
 * The desired state of a site as one document: written, compared with what there is, and put in its place. Read {@link
 * org.vinestock.kernel.document.SiteDocument} first.
 */
@NullMarked
package org.vinestock.kernel.document;

import org.jspecify.annotations.NullMarked;
