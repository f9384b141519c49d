package org.vinestock.surfaces.rest;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.surfaces.http.Problem;
import org.vinestock.surfaces.site.Person;

/**
 * A request, without HTTP's machinery.
 *
 * @param segments of the path after {@code /api/v1}
 * @param query the last value of each parameter
 * @param body reads the body when it is wanted; throws a {@link Problem.Thrown} if it is too large or no JSON
 * @param person says who asks when it matters; throws a {@link Problem.Thrown} if nobody signed in
 * @param accepted the media type that a reader named first, in lower case; empty = none
 */
record Asked(
        String method,
        List<String> segments,
        SortedMap<String, String> query,
        @Nullable String idempotencyKey,
        Supplier<String> body,
        Supplier<Person> person,
        String accepted) {
    /** What the path says after scope and noun. */
    List<String> arguments() {
        return segments.subList(2, segments.size());
    }
}
