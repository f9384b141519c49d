package org.vinestock.surfaces.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.surfaces.http.Problem;
import org.vinestock.surfaces.site.Person;

/** Turns a servlet request into what is asked. */
final class Requests {
    /** The largest body. */
    static final int LARGEST_BODY = 1 << 20;

    private static final int LONGEST_KEY = 128;

    private Requests() {}

    static Asked asked(HttpServletRequest request, SignIn signIn) {
        String path = request.getPathInfo();
        List<String> segments = path == null
                ? List.of()
                : Arrays.stream(path.split("/"))
                        .filter(segment -> !segment.isEmpty())
                        .toList();
        return new Asked(
                request.getMethod(),
                segments,
                query(request.getQueryString()),
                idempotencyKey(request),
                () -> body(request),
                () -> person(request.getHeader("Authorization"), signIn),
                accepted(request.getHeader("Accept")));
    }

    /** Reads the parameters of an address; a servlet's own way would read a form in the body too, however large. */
    static SortedMap<String, String> query(@Nullable String text) {
        SortedMap<String, String> query = new TreeMap<>();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                query.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    /** The first of a list of media types. */
    static String accepted(@Nullable String accept) {
        return accept == null ? "" : accept.split("[,;]", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem.Thrown(Problem.of(400, "NOT_ACCEPTED", "the address is not encoded properly: " + text));
        }
    }

    private static @Nullable String idempotencyKey(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
            throw new Problem.Thrown(
                    Problem.of(400, "NOT_ACCEPTED", "Idempotency-Key; accepted: 1 to " + LONGEST_KEY + " characters"));
        }
        return key;
    }

    /** Reads the body, but never more than the limit: what is larger is refused unread. */
    private static String body(HttpServletRequest request) {
        String type = request.getContentType();
        String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean empty = request.getContentLengthLong() == 0
                || (type == null
                        && request.getContentLengthLong() < 0
                        && request.getHeader("Transfer-Encoding") == null);
        if (empty) {
            return "";
        } else if (!plain.equals("application/json")) {
            throw new Problem.Thrown(Problem.of(
                    415,
                    "CONTENT_TYPE",
                    (type == null ? "no content type" : "content type " + type) + "; accepted: application/json"));
        } else if (request.getContentLengthLong() > LARGEST_BODY) {
            throw new Problem.Thrown(tooLarge(request.getContentLengthLong() + " bytes"));
        }
        try (InputStream in = request.getInputStream()) {
            byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
            if (bytes.length > LARGEST_BODY) {
                throw new Problem.Thrown(tooLarge("more than that"));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Problem.Thrown(Problem.of(400, "NOT_ACCEPTED", "the body is not UTF-8"));
        } catch (IOException e) {
            throw new UncheckedIOException("the body could not be read", e);
        }
    }

    private static Problem tooLarge(String size) {
        return Problem.of(
                        413, "TOO_LARGE", "a body of at most " + LARGEST_BODY + " bytes is accepted, this has " + size)
                .withHeader("Connection", "close");
    }

    private static Person person(@Nullable String authorization, SignIn signIn) {
        return credentials(authorization)
                .flatMap(pair -> signIn.check(pair.get(0), pair.get(1)))
                .orElseThrow(() -> new Problem.Thrown(Problem.of(
                                401,
                                "SIGN_IN",
                                authorization == null
                                        ? "this is not for everyone: sign in with HTTP Basic"
                                        : "name or password is wrong")
                        .withHeader("WWW-Authenticate", "Basic realm=\"vinestock\", charset=\"UTF-8\"")
                        .withHeader("Connection", "close"))); // what was sent is not read
    }

    private static Optional<List<String>> credentials(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(List.of(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
