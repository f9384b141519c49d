/**
 * REST derived from operations and views: {@code POST /api/v1/scope/verb}, {@code GET /api/v1/scope/noun}, problems by
 * RFC 9457. Read {@link org.vinestock.surfaces.rest.Api} first.
 */
@NullMarked
package org.vinestock.surfaces.rest;

import org.jspecify.annotations.NullMarked;
