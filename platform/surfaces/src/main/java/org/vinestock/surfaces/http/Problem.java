package org.vinestock.surfaces.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vinestock.surfaces.site.Fault;

/**
 * What went wrong with a request, as RFC 9457 has it.
 *
 * @param more members beside those of the RFC
 * @param headers of the response, such as {@code Allow}
 */
public record Problem(
        int status, String title, String code, String detail, Map<String, Object> more, Map<String, String> headers) {
    /** What its JSON is called. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Copies members and headers. */
    public Problem {
        more = new LinkedHashMap<>(more);
        headers = new TreeMap<>(headers);
    }

    /** A problem with nothing more to say. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, title(status), code, detail, new TreeMap<>(), new TreeMap<>());
    }

    /** A failure that the control plane told. */
    public static Problem of(Fault fault) {
        int status = switch (fault.cause()) {
            case CALLER -> ofCaller(fault.code());
            case CAPACITY -> 409;
            case ENVIRONMENT -> 503;
            case BUG -> 500;
        };
        return of(status, fault.code(), fault.message());
    }

    private static int ofCaller(String code) {
        return switch (code) {
            case Fault.NOT_ACCEPTED -> 400;
            case "ROLE_MISSING" -> 403;
            default -> code.endsWith("UNKNOWN") ? 404 : 409;
        };
    }

    /** The path is unknown; {@code accepted} is what there is. */
    public static Problem unknown(String detail, List<String> accepted) {
        return of(404, "PATH_UNKNOWN", detail).with("accepted", accepted);
    }

    /** Adds a member. */
    public Problem with(String name, Object value) {
        Map<String, Object> larger = new LinkedHashMap<>(more);
        larger.put(name, value);
        return new Problem(status, title, code, detail, larger, headers);
    }

    /** Adds a header. */
    public Problem withHeader(String name, String value) {
        Map<String, String> larger = new TreeMap<>(headers);
        larger.put(name, value);
        return new Problem(status, title, code, detail, more, larger);
    }

    /** The answer that tells it. */
    public Reply reply() {
        return new Reply(status, json(), headers);
    }

    /** Writes it as the RFC says. */
    public String json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "urn:vinestock:problem:" + code);
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
        members.put("code", code);
        members.putAll(more);
        return Json.write(members);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Not accepted";
            case 401 -> "Sign in";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 409 -> "Not possible now";
            case 413 -> "Too large";
            case 415 -> "Not JSON";
            case 421 -> "Wrong host name";
            case 429 -> "Too many";
            case 503 -> "Not available";
            default -> "Defect";
        };
    }

    /** Carries a problem out of what found it. */
    public static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        /** Makes it. */
        public Thrown(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        /** What it carries. */
        public Problem problem() {
            return problem;
        }
    }
}
