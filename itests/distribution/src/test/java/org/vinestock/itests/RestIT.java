package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** REST, events and the console as programs and browsers see them. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(SharedDistribution.class)
class RestIT {
    private static final int MIB = 1 << 20;

    private static HttpRequest.Builder signedIn(Distribution shared) {
        String pair = "admin:" + shared.password().orElseThrow();
        return HttpRequest.newBuilder()
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> post(Distribution shared, String path, String json) {
        return shared.send(
                signedIn(shared).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)), path);
    }

    private static void assertProblem(int status, String detail, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        assertTrue(response.body().contains("\"status\":" + status), response.body());
        assertTrue(response.body().matches(".*\"detail\":\"" + detail + ".*"), response.body());
    }

    /** Sends bytes as they are and returns what comes back until the server ends it. */
    private static String raw(Distribution shared, String head, int bodyBytes) throws IOException {
        URI uri = shared.uri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[bodyBytes]);
            out.flush();
            InputStream in = socket.getInputStream();
            byte[] start = in.readNBytes(12);
            return new String(start, StandardCharsets.US_ASCII);
        }
    }

    private static String basic(Distribution shared) {
        return "Authorization: "
                + signedIn(shared)
                        .uri(shared.uri())
                        .build()
                        .headers()
                        .firstValue("Authorization")
                        .orElseThrow()
                + "\r\n";
    }

    @Test
    void isHealthy(Distribution shared) {
        HttpResponse<String> health = shared.get("health");
        assertEquals(200, health.statusCode());
        assertTrue(health.body().startsWith("{\"serves\":true,\"revision\":"), health.body());
    }

    @Test
    void answersAViewPageByPage(Distribution shared) {
        String first = shared.get("api/v1/host/list?limit=1").body();
        assertTrue(first.contains("\"rows\":[{\"id\":\"z1-r1-h01\""), first);
        String second = shared.get("api/v1/host/list?limit=1&after=z1-r1-h01").body();
        assertTrue(second.contains("\"rows\":[{\"id\":\"z1-r1-h02\""), second);
    }

    @Test
    void streamsAllRowsOfAView(Distribution shared) {
        HttpResponse<String> lines = shared.send(
                HttpRequest.newBuilder()
                        .header("Accept", "application/x-ndjson")
                        .GET(),
                "api/v1/host/list?limit=5");
        assertEquals(200, lines.statusCode());
        assertEquals(
                "application/x-ndjson",
                lines.headers().firstValue("Content-Type").orElse("").split(";", 2)[0]);
        List<String> rows = lines.body().lines().toList();
        assertTrue(rows.size() > 5, lines.body());
        assertTrue(rows.stream().allMatch(row -> row.startsWith("{\"id\":\"") && row.endsWith("}")), lines.body());
        assertEquals(rows.size(), Set.copyOf(rows).size());
    }

    @Test
    void createsAVmByATaskOnceForAKey(Distribution shared) {
        String json = "{\"id\":\"rest-1\",\"cores\":1,\"memory\":\"1GiB\",\"labels\":{\"app\":\"web\"}}";
        HttpRequest.Builder request = signedIn(shared)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "rest-1-key")
                .POST(BodyPublishers.ofString(json));
        HttpResponse<String> first = shared.send(request, "api/v1/vm/create");
        assertEquals(202, first.statusCode(), first.body());
        String location = first.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> second = shared.send(request, "api/v1/vm/create?wait=20");
        assertEquals(location, second.headers().firstValue("Location").orElseThrow());
        assertEquals(200, second.statusCode(), second.body());
        assertTrue(
                shared.get(location).body().contains("\"state\":\"DONE\""),
                shared.get(location).body());
        assertEquals(200, shared.get("api/v1/vm/info/rest-1").statusCode());
        assertEquals(
                200,
                post(shared, "api/v1/vm/delete?wait=20", "{\"id\":\"rest-1\"}").statusCode());
    }

    @Test
    void doesNothingInADryRun(Distribution shared) {
        HttpResponse<String> planned = post(shared, "api/v1/vm/create?dryRun=true", "{\"id\":\"rest-2\"}");
        assertEquals(200, planned.statusCode(), planned.body());
        assertTrue(planned.body().startsWith("{\"steps\":[{\"title\":"), planned.body());
        assertProblem(404, ".*rest-2", shared.get("api/v1/vm/info/rest-2"));
    }

    @Test
    void wantsWhoeverChangesTheSiteToSignIn(Distribution shared) {
        HttpResponse<String> refused = shared.post("api/v1/vm/create", "{}");
        assertProblem(401, "this is not for everyone", refused);
        assertTrue(refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic "));
        String wrong = Base64.getEncoder().encodeToString("admin:wrong".getBytes(StandardCharsets.UTF_8));
        assertProblem(
                401,
                "name or password is wrong",
                shared.send(
                        HttpRequest.newBuilder()
                                .header("Authorization", "Basic " + wrong)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}")),
                        "api/v1/vm/create"));
    }

    @Test
    void showsConsolesAndScreensToOperatorsOnly(Distribution shared) {
        for (String path : new String[] {"api/v1/vm/console/nobody", "api/v1/vm/screen/nobody"}) {
            HttpResponse<String> refused = shared.get(path);
            assertProblem(401, "this is not for everyone", refused);
            assertTrue(
                    refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Basic "));
            assertProblem(
                    404, "id: there is no VM ", shared.send(signedIn(shared).GET(), path));
        }
        assertProblem(
                404,
                "vm.console takes 1 argument in its path",
                shared.send(signedIn(shared).GET(), "api/v1/vm/console/nobody/tail"));
    }

    @Test
    void answersNoPageOfAnotherOrigin(Distribution shared) {
        assertProblem(
                403,
                "a page of another origin asked",
                shared.send(signedIn(shared).GET().header("Sec-Fetch-Site", "cross-site"), "api/v1/vm/list"));
        assertEquals(
                200,
                shared.send(signedIn(shared).GET().header("Sec-Fetch-Site", "same-origin"), "api/v1/vm/list")
                        .statusCode());
    }

    @Test
    void saysWhereJsonIsMalformed(Distribution shared) {
        assertProblem(400, "line 2, column \\d+: not JSON", post(shared, "api/v1/vm/create", "{\"memory\":\n4GiB}"));
    }

    @Test
    void saysWhichFieldIsUnknown(Distribution shared) {
        assertProblem(
                400,
                "unknown field memroy; accepted: id cores memory labels",
                post(shared, "api/v1/vm/create", "{\"memroy\":\"4GiB\"}"));
    }

    @Test
    void refusesABodyOf100MegabytesUnread(Distribution shared) throws IOException {
        String head = "POST /api/v1/vm/create HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + basic(shared);
        assertEquals("HTTP/1.1 413", raw(shared, head + "Content-Length: " + 100 * MIB + "\r\n\r\n", 0));
        // In chunks it does not say how large it is: it is refused when one byte too many has come.
        String chunk = Integer.toHexString(100 * MIB) + "\r\n";
        assertEquals("HTTP/1.1 413", raw(shared, head + "Transfer-Encoding: chunked\r\n\r\n" + chunk, MIB + 1));
        assertEquals(200, shared.get("health").statusCode());
    }

    @Test
    void refusesAnotherContentType(Distribution shared) {
        assertProblem(
                415,
                "content type text/plain; accepted: application/json",
                shared.send(
                        signedIn(shared).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}")),
                        "api/v1/vm/create"));
    }

    @Test
    void saysWhichMethodIsAllowed(Distribution shared) {
        HttpResponse<String> got = shared.get("api/v1/vm/create");
        assertProblem(405, "GET is not accepted", got);
        assertEquals("POST", got.headers().firstValue("Allow").orElse(""));
        assertProblem(
                405,
                "DELETE is not accepted",
                shared.send(HttpRequest.newBuilder().DELETE(), "health"));
    }

    @Test
    void saysWhatThereIsInsteadOfAnUnknownPath(Distribution shared) {
        HttpResponse<String> unknown = shared.get("api/v1/vm/lists");
        assertProblem(404, "there is no /api/v1/vm/lists", unknown);
        assertTrue(unknown.body().contains("\"GET /api/v1/vm/list\""), unknown.body());
        assertProblem(404, ".*nowhere", shared.get("api/v1/host/info/nowhere"));
    }

    @Test
    void refusesAnyNameOfThisMachineThatIsNoLoopbackName(Distribution shared) throws IOException {
        assertEquals("HTTP/1.1 421", raw(shared, "GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n", 0));
        assertEquals("HTTP/1.1 421", raw(shared, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 0));
    }

    @Test
    void tellsWhatHappensAsItHappens(Distribution shared) throws IOException {
        URI uri = shared.uri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            boolean begun = false;
            boolean changed = false;
            boolean decided = false;
            while (!(changed && decided)) {
                String line = lines.readLine();
                begun |= line.equals("event: anew");
                changed |= begun && line.equals("event: changes");
                decided |= begun
                        && line.startsWith("data: {\"leftOut\":")
                        && line.contains("\"point\":\"placement.place\"");
            }
        }
    }

    @Test
    void describesItself(Distribution shared) {
        String document = shared.get("api/v1/openapi.json").body();
        assertTrue(document.startsWith("{\"openapi\":\"3.1.0\""), document);
        assertTrue(document.contains("\"/api/v1/vm/create\":{\"post\""), document);
    }

    @Test
    void showsAPageThatLoadsNothingFromElsewhere(Distribution shared) {
        HttpResponse<String> page = shared.get("");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<title>Vinestock</title>"));
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.startsWith("default-src 'self';"), policy);
        assertEquals(200, shared.get("console.js").statusCode());
        assertEquals(200, shared.get("vm.html?id=db-1").statusCode());
        assertFalse(shared.get("nothing.js").statusCode() == 200);
    }
}
