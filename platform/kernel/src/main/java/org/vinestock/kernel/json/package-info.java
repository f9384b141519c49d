/**
 * The one JSON codec, and the check of parameters. Reading and writing go by the types of records, never by annotations
 * of a JSON library, so that areas need none. Read {@link org.vinestock.kernel.json.JsonCodec} first.
 */
@NullMarked
package org.vinestock.kernel.json;

import org.jspecify.annotations.NullMarked;
