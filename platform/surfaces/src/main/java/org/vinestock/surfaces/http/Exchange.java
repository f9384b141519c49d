package org.vinestock.surfaces.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Answers requests. */
public final class Exchange {
    private Exchange() {}

    /** The media type of an answer of many lines. */
    public static final String LINES = "application/x-ndjson";

    /** The media type of a picture. */
    public static final String PNG = "image/png";

    /** The media type of a value. */
    public static final String JSON = "application/json";

    /** Sends an answer. */
    public static void send(Reply reply, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (reply.instead() instanceof Reply.Lines lines) {
            send(lines, response);
            return;
        }
        byte[] bytes = reply.instead() instanceof Reply.Png png
                ? png.bytes()
                : reply.json().getBytes(StandardCharsets.UTF_8);
        response.setStatus(reply.status());
        reply.headers().forEach(response::setHeader);
        response.setContentType(reply.instead() != null ? PNG : reply.status() < 400 ? JSON : Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(bytes.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(bytes);
        }
    }

    private static void send(Reply.Lines lines, HttpServletResponse response) throws IOException {
        response.setContentType(LINES);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        Writer out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        lines.write(out);
        out.flush();
    }

    /** Refuses what only looks: everything but GET and HEAD. True if it was refused. */
    public static boolean refused(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String method = request.getMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            return false;
        }
        Problem problem = Problem.of(405, "METHOD_NOT_ALLOWED", method + " is not accepted; accepted: GET, HEAD")
                .withHeader("Allow", "GET, HEAD");
        send(problem.reply(), request, response);
        return true;
    }
}
