package org.vinestock.surfaces.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.operation.Role;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.FakeSite;
import org.vinestock.surfaces.site.Person;
import org.vinestock.task.TaskState;

class ApiTest {
    private final FakeSite fake = new FakeSite();
    private final Api api = new Api(fake.site(), fake.lane("rest"));
    private final SortedMap<String, String> query = new TreeMap<>();
    private Role role = Role.OPERATOR;
    private String accepted = "";

    private Reply get(String path) {
        return ask("GET", path, "");
    }

    private Reply post(String path, String body) {
        return ask("POST", path, body);
    }

    private Reply ask(String method, String path, String body) {
        return api.answer(new Asked(
                method, List.of(path.split("/")), query, "key-1", () -> body, () -> new Person("ann", role), accepted));
    }

    private static void assertProblem(int status, String detail, Reply reply) {
        assertTrue(reply.json().contains("\"detail\":\"" + detail), reply.json());
        assertEquals(status, reply.status());
    }

    private static Reply.Lines lines(Reply reply) {
        return assertInstanceOf(Reply.Lines.class, reply.instead());
    }

    @Test
    void answersAPictureUnlessJsonIsWanted() {
        fake.more.add(new FakeSite.Secret());
        for (String first : new String[] {"", "*/*", "image/avif", "text/html"}) {
            accepted = first;
            Reply.Png png =
                    assertInstanceOf(Reply.Png.class, get("vm/secret/vm-1").instead());
            assertArrayEquals(new byte[] {1, 2, 3}, png.bytes());
        }
        accepted = "application/json";
        assertTrue(get("vm/secret/vm-1").json().contains("\"rows\":[{\"id\":\"vm-1\"}]"));
        accepted = "";
        assertProblem(404, "there is no VM vm-9", get("vm/secret/vm-9"));
    }

    @Test
    void answersAViewWithItsRows() {
        Reply reply = get("vm/list");
        assertEquals(200, reply.status());
        assertTrue(reply.json().contains("\"rows\":[{\"id\":\"vm-1\",\"memory\":\"4GiB\",\"cores\":2"), reply.json());
    }

    @Test
    void answersAPage() {
        query.put("limit", "1");
        query.put("after", "vm-1");
        assertTrue(get("vm/list").json().contains("\"next\":\"vm-2\""));
    }

    @Test
    void answersAllRowsAsLinesPageAfterPage() throws IOException {
        accepted = "application/x-ndjson";
        query.put("limit", "1");
        Reply reply = get("vm/list");
        assertEquals(200, reply.status());
        StringWriter out = new StringWriter();
        lines(reply).write(out);
        List<String> rows = out.toString().lines().toList();
        assertEquals(3, rows.size(), out.toString());
        assertTrue(
                rows.get(0).startsWith("{\"id\":\"vm-1\"") && rows.get(2).startsWith("{\"id\":\"web-3\""),
                out.toString());
    }

    @Test
    void lendsLinesToAFewAtATime() throws IOException {
        accepted = "application/x-ndjson";
        Reply.Lines first = lines(get("vm/list"));
        for (int i = 1; i < 4; i++) {
            assertEquals(200, get("vm/list").status());
        }
        assertProblem(503, "4 others read all rows of a view", get("vm/list"));
        assertThrows(IOException.class, () -> first.write(new Gone()));
        assertEquals(200, get("vm/list").status());
    }

    /** Its reader went away. */
    private static final class Gone extends Writer {
        @Override
        public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("broken pipe");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void saysWhatIsWrongBeforeTheFirstLine() {
        accepted = "application/x-ndjson";
        query.put("hots", "h1");
        assertProblem(400, "unknown field hots; accepted: host", get("vm/list"));
    }

    @Test
    void takesArgumentsFromThePath() {
        assertTrue(get("vm/info/vm-2").json().contains("512MiB"));
    }

    @Test
    void says404ForAnUnknownObject() {
        assertProblem(404, "there is no VM vm-9", get("vm/info/vm-9"));
    }

    @Test
    void says404WithWhatThereIs() {
        Reply reply = get("vm/lists");
        assertProblem(404, "there is no /api/v1/vm/lists", reply);
        assertTrue(
                reply.json().contains("\"accepted\":[\"POST /api/v1/vm/create\",\"GET /api/v1/vm/info\""),
                reply.json());
    }

    @Test
    void says400ForAnUnknownParameter() {
        query.put("hots", "h1");
        assertProblem(400, "unknown field hots; accepted: host", get("vm/list"));
    }

    @Test
    void says405WithWhatIsAllowed() {
        assertEquals("POST", get("vm/create").headers().get("Allow"));
        Reply reply = ask("DELETE", "vm/list", "");
        assertEquals(405, reply.status());
        assertEquals("GET, HEAD", reply.headers().get("Allow"));
    }

    @Test
    void startsATaskAndSaysWhere() {
        fake.becomes = TaskState.RUNNING;
        Reply reply = post("vm/create", "{\"memory\":\"4GiB\",\"labels\":{\"app\":\"web\"}}");
        assertEquals(202, reply.status());
        assertEquals("/api/v1/task/info/t-1", reply.headers().get("Location"));
        assertTrue(reply.json().contains("\"state\":\"RUNNING\""), reply.json());
        assertEquals("ann", fake.requests.get(0).by());
        assertEquals("key-1", fake.requests.get(0).idempotencyKey());
    }

    @Test
    void answersTheResultIfItWaited() {
        query.put("wait", "5");
        Reply reply = post("vm/create", "{\"memory\":\"4GiB\"}");
        assertEquals(200, reply.status());
        assertTrue(reply.json().contains("\"result\":{\"id\":\"vm-4\",\"host\":\"z1-r1-h01\"}"), reply.json());
    }

    @Test
    void answersTheFailureIfItWaited() {
        query.put("wait", "5");
        fake.becomes = TaskState.FAILED;
        Reply reply = post("vm/create", "{\"memory\":\"4GiB\"}");
        assertProblem(409, "vm-4 needs 2 cores, 1 is free", reply);
        assertTrue(reply.json().contains("\"task\":\"t-1\""), reply.json());
    }

    @Test
    void doesNothingInADryRun() {
        query.put("dryRun", "true");
        Reply reply = post("vm/create", "{\"memory\":\"4GiB\"}");
        assertTrue(reply.json().startsWith("{\"steps\":[{\"title\":\"place vm-4\""), reply.json());
        assertEquals(List.of(), fake.started);
    }

    @Test
    void says400WithLineAndColumnForWhatIsNoJson() {
        assertProblem(400, "line 2, column", post("vm/create", "{\"memory\":\n oops}"));
    }

    @Test
    void says400ForAnUnknownField() {
        assertProblem(
                400,
                "unknown field memroy; accepted: id cores memory labels machine networks startNow",
                post("vm/create", "{\"memroy\":\"4GiB\"}"));
    }

    @Test
    void says400ForAMissingField() {
        assertEquals(400, post("vm/create", "").status());
    }

    @Test
    void says403ForAViewer() {
        role = Role.VIEWER;
        assertProblem(403, "ann is VIEWER; vm.create needs OPERATOR", post("vm/create", "{\"memory\":\"4GiB\"}"));
        assertEquals(List.of(), fake.started);
    }

    @Test
    void showsAViewerNothingThatNeedsMore() {
        fake.more.add(new FakeSite.Secret());
        assertEquals(200, get("vm/secret/vm-1").status());
        role = Role.VIEWER;
        assertProblem(403, "ann is VIEWER; vm.secret needs OPERATOR", get("vm/secret/vm-1"));
        accepted = "application/x-ndjson";
        assertProblem(403, "ann is VIEWER; vm.secret needs OPERATOR", get("vm/secret/vm-1"));
        assertEquals(200, get("vm/info/vm-1").status());
    }

    @Test
    void says400ForAWaitThatIsTooLong() {
        query.put("wait", "3600");
        assertProblem(400, "wait=3600; accepted: 0 to 60 seconds", post("vm/create", "{\"memory\":\"4GiB\"}"));
    }
}
