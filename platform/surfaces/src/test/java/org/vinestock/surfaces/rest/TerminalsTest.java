package org.vinestock.surfaces.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vinestock.operation.Role;
import org.vinestock.surfaces.http.Problem;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.FakeSite;
import org.vinestock.surfaces.site.FakeTerminal;
import org.vinestock.surfaces.site.Person;

class TerminalsTest {
    private final FakeSite fake = new FakeSite();
    private final FakeTerminal console = new FakeTerminal();
    private final Api api = new Api(fake.site(), fake.lane("rest"));
    private final SortedMap<String, String> query = new TreeMap<>();
    private @Nullable Role role = Role.OPERATOR;

    @BeforeEach
    void aConsole() {
        fake.terminals.add(console);
    }

    private Reply ask(String method, String path, String body) {
        return api.answer(new Asked(method, List.of(path.split("/")), query, null, () -> body, this::person, ""));
    }

    private Person person() {
        if (role == null) {
            throw new Problem.Thrown(Problem.of(401, "SIGN_IN", "sign in"));
        }
        return new Person("ann", role);
    }

    private Reply get() {
        return ask("GET", "vm/console/vm-1", "");
    }

    private Reply get(long from) {
        query.put("from", Long.toString(from));
        return get();
    }

    private Reply type(String text) {
        return ask("POST", "vm/console/vm-1", "{\"text\":\"" + text + "\"}");
    }

    private String typed() {
        return console.typed.toString(StandardCharsets.UTF_8);
    }

    private static void assertProblem(int status, String detail, Reply reply) {
        assertTrue(reply.json().contains("\"detail\":\"" + detail), reply.json());
        assertEquals(status, reply.status());
    }

    private static void assertPrinted(int from, int next, int end, String text, Reply reply) {
        assertEquals(
                "{\"from\":" + from + ",\"next\":" + next + ",\"end\":" + end + ",\"text\":\"" + text + "\"}",
                reply.json());
        assertEquals(200, reply.status());
    }

    @Test
    void readsTheTailAndThenWhatFollows() {
        assertPrinted(0, 0, 0, "", get());
        console.print("login: ");
        assertPrinted(0, 7, 7, "login: ", get());
        assertPrinted(5, 7, 7, ": ", get(-2));
        console.print("root");
        assertPrinted(7, 11, 11, "root", get(7));
        assertPrinted(11, 11, 11, "", get(11));
    }

    @Test
    void readsFromWhereItIsKept() {
        console.print("one two");
        console.forgotten = 4;
        assertPrinted(4, 7, 7, "two", get(0));
    }

    @Test
    void showsACharacterOnceItHasComeWhole() {
        console.print((byte) 'a', (byte) 0xe2, (byte) 0x82);
        assertPrinted(0, 1, 3, "a", get());
        assertPrinted(1, 1, 3, "", get(1));
        console.print((byte) 0xac);
        assertPrinted(1, 4, 4, "\u20ac", get(1));
        assertPrinted(4, 4, 4, "", get(-2));
    }

    @Test
    void types() {
        console.answer = "Password: ";
        Reply reply = type("root\\n");
        assertEquals("{\"bytes\":5}", reply.json());
        assertEquals("root\n", typed());
        assertPrinted(0, 15, 15, "root\\nPassword: ", get());
    }

    @Test
    void typesNeitherNothingNorTooMuch() {
        assertProblem(400, "text has 0 bytes; accepted: 1 to 4096", type(""));
        assertProblem(400, "text has 4098 bytes; accepted: 1 to 4096", type("\u20ac".repeat(1366)));
        assertEquals("", typed());
    }

    @Test
    void saysThatNobodyReadsWhatIsTyped() {
        console.closed = true;
        assertProblem(503, "vm-1 is off: nobody reads what is typed", type("root"));
        assertEquals(200, get().status());
    }

    @Test
    void wantsEveryoneToSignInAlsoToRead() {
        role = null;
        assertEquals(401, get().status());
        assertEquals(401, type("root").status());
        assertEquals(0, console.opened);
    }

    @Test
    void says403ForAViewerAlsoIfHeOnlyReads() {
        role = Role.VIEWER;
        assertProblem(403, "ann is VIEWER; vm.console needs OPERATOR", get());
        assertProblem(403, "ann is VIEWER; vm.console needs OPERATOR", type("root"));
        assertEquals(0, console.opened);
    }

    @Test
    void tellsTheAuditWhoTypesNowAndThenButNotWhat() {
        get();
        assertEquals(List.of(), fake.deeds);
        type("s");
        type("e");
        assertEquals(1, fake.deeds.size());
        assertEquals("ann", fake.deeds.get(0).who());
        assertEquals("vm-1", fake.deeds.get(0).object());
        assertEquals(
                "opened for typing; what is typed is kept nowhere",
                fake.deeds.get(0).details());
        fake.tick = Duration.ofMinutes(10);
        type("c");
        assertEquals(2, fake.deeds.size());
    }

    @Test
    void typesNothingThatTheAuditIsNotTold() {
        fake.auditFails = true;
        assertProblem(503, "the store is not available", type("s"));
        assertEquals("", typed());
        fake.auditFails = false;
        assertEquals(200, type("s").status());
        assertEquals(1, fake.deeds.size());
    }

    @Test
    void says404ForAnUnknownVmAndForMoreThanAVm() {
        assertProblem(404, "there is no VM vm-9", ask("GET", "vm/console/vm-9", ""));
        assertProblem(404, "there is no VM vm-9", ask("POST", "vm/console/vm-9", "{\"text\":\"a\"}"));
        Reply longer = ask("GET", "vm/console/vm-1/tail", "");
        assertProblem(404, "vm.console takes 1 argument in its path", longer);
        assertTrue(
                longer.json().contains("\"accepted\":[\"GET /api/v1/vm/console\",\"POST /api/v1/vm/console\",\"POST "),
                longer.json());
        assertEquals(
                404, ask("POST", "vm/console/vm-1/tail", "{\"text\":\"a\"}").status());
        assertEquals("", typed());
    }

    @Test
    void says400IfNoVmIsNamedOrTheQueryIsUnknown() {
        assertProblem(400, "id is missing: Name of the VM", ask("GET", "vm/console", ""));
        query.put("id", "vm-1");
        assertEquals(200, ask("GET", "vm/console", "").status());
        query.put("form", "7");
        assertProblem(400, "unknown field form; accepted: id", ask("GET", "vm/console", ""));
    }

    @Test
    void says405WithWhatIsAllowed() {
        Reply reply = ask("DELETE", "vm/console/vm-1", "");
        assertProblem(405, "DELETE is not accepted: vm.console is a terminal", reply);
        assertEquals("GET, HEAD, POST", reply.headers().get("Allow"));
        assertEquals(200, ask("HEAD", "vm/console/vm-1", "").status());
    }

    @Test
    void says400ForAnOffsetThatIsNone() {
        query.put("from", "there");
        assertProblem(400, "from=there; accepted: a whole number of bytes", get());
    }
}
