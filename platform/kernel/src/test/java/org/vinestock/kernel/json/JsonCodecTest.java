package org.vinestock.kernel.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vinestock.decision.DecisionId;
import org.vinestock.inventory.Commit;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.model.Violation;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.operation.Role;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;

class JsonCodecTest {
    private final JsonCodec codec = new JsonCodec();

    record Everything(
            VmId vm,
            @Nullable HostId host,
            ByteCount memory,
            Duration patience,
            Labels labels,
            Instant at,
            Role role,
            Optional<DecisionId> decision,
            List<Shapely> shapes,
            SortedMap<String, List<Integer>> counts,
            double share,
            boolean on,
            long big) {}

    sealed interface Shapely {
        record Circle(double radius) implements Shapely {}

        record Square(int side, @Nullable Shapely inside) implements Shapely {}
    }

    sealed interface Growing {
        record Known(int a) implements Growing {}

        record Unknown() implements Growing {}
    }

    record Parameters(
            @Input("Which") VmId vm,
            @Input(value = "Size", byDefault = "2GiB") ByteCount memory,
            @Input("Where") Optional<HostId> host,
            @Input(value = "Why", optional = true) @Nullable String because,
            @Input("Tags") Labels labels,
            @Input("Force") boolean force,
            @Input("Cores") int cores) {}

    record Grown(int old, String name, ByteCount size, List<String> names, Inner inner) {}

    record Versioned(VmId vm, @Nullable HostId host, Role since) {
        Versioned(VmId vm, @Nullable HostId host) {
            this(vm, host, Role.OPERATOR);
        }
    }

    record Inner(boolean on, Duration every) {}

    record Typed(
            VmId vm,
            ByteCount size,
            Duration time,
            Labels labels,
            boolean on,
            List<HostId> hosts,
            TaskState state,
            Optional<Integer> count,
            Instant at,
            ObjectId any,
            double share,
            @Nullable String text) {}

    private Everything everything() {
        SortedMap<String, List<Integer>> counts = new TreeMap<>();
        counts.put("b", List.of(1, 2));
        counts.put("a", List.of());
        return new Everything(
                new VmId("vm-7"),
                null,
                ByteCount.ofGib(4),
                Duration.ofMillis(90_250),
                Labels.of("app", "web"),
                Instant.parse("2026-11-20T14:02:00Z"),
                Role.ADMIN,
                Optional.of(new DecisionId(42)),
                List.of(new Shapely.Square(2, new Shapely.Circle(0.5))),
                counts,
                1e-9,
                true,
                Long.MAX_VALUE);
    }

    @Test
    void writesKeysInTheOrderOfTheComponentsAndUnitsAsPeopleTypeThem() {
        assertEquals("""
                {"vm":"vm-7","host":null,"memory":"4GiB","patience":"1m30s250ms","labels":{"app":"web"},\
                "at":"2026-11-20T14:02:00Z","role":"ADMIN","decision":"d-42",\
                "shapes":[{"type":"Square","side":2,"inside":{"type":"Circle","radius":0.5}}],\
                "counts":{"a":[],"b":[1,2]},"share":1.0E-9,"on":true,"big":9223372036854775807}""", codec.write(everything()));
    }

    @Test
    void readsWhatItWrote() {
        assertEquals(everything(), codec.read(codec.write(everything()), Everything.class));
    }

    @Test
    void writesFieldsOfUnknownTypeByWhatTheyAre() {
        TaskStatus status = new TaskStatus(
                new TaskId("t-1"),
                "vm.create",
                TaskState.DONE,
                "admin",
                Instant.EPOCH,
                null,
                1,
                1,
                "",
                1,
                "",
                new Commit.Done(5));
        assertTrue(codec.write(status).endsWith("\"result\":{\"type\":\"Done\",\"revision\":5}}"), codec.write(status));
        assertEquals("\"vm-7\"", codec.write(new VmId("vm-7")));
        assertEquals("[{\"rule\":\"a\",\"message\":\"b\"}]", codec.write(List.of(new Violation("a", "b"))));
    }

    @Test
    void keepsTheKindOfAnIdOfWhichOnlyTheInterfaceIsKnown() {
        String json = codec.write(new Lease(new VmId("vm-7"), "t-1", 3));
        assertEquals("{\"object\":\"vm/vm-7\",\"holder\":\"t-1\",\"epoch\":3}", json);
        ObjectId read = codec.read(json, Lease.class).object();
        assertEquals("vm", read.kind());
        assertEquals("vm-7", read.value());
    }

    @Test
    void readsAFamilyWhereverTheTypeStands() {
        assertEquals(
                new Shapely.Square(3, null),
                codec.read(
                        "{\"side\":3,\"inside\":null,\"x\":{\"type\":\"Circle\"},\"type\":\"Square\"}", Shapely.class));
        assertEquals(new Growing.Unknown(), codec.read("{\"type\":\"Later\",\"a\":1}", Growing.class));
        assertMessage(
                "{\"type\":\"Triangle\"}",
                Shapely.class,
                "line 1, column 1: type is \"Triangle\"; accepted: Circle, Square");
        assertMessage("{\"side\":3}", Shapely.class, "type is missing; accepted: Circle, Square");
    }

    @Test
    void fillsWhatIsAbsentAndIgnoresWhatIsUnknown() {
        assertEquals(
                new Grown(1, "", new ByteCount(0), List.of(), new Inner(false, Duration.ZERO)),
                codec.read("{\"old\":1,\"removed\":{\"a\":[1]},\"names\":null}", Grown.class));
    }

    @Test
    void fillsWhatAFormerVersionDidNotHaveByTheConstructorKeptFromThen() {
        assertEquals(
                new Versioned(new VmId("a"), null, Role.OPERATOR),
                codec.read("{\"vm\":\"a\",\"host\":null}", Versioned.class));
        assertMessage("{\"vm\":\"a\"}", Versioned.class, "field host is missing");
        assertMessage("{\"vm\":\"a\",\"since\":\"ADMIN\"}", Versioned.class, "field host is missing");
        Versioned all = new Versioned(new VmId("a"), null, Role.ADMIN);
        assertEquals(all, codec.read(codec.write(all), Versioned.class));
    }

    record Exact(BigDecimal cores) {}

    @Test
    void keepsTheDigitsOfAFraction() {
        assertEquals(new Exact(new BigDecimal("0.10")), codec.read("{\"cores\":0.10}", Exact.class));
        assertEquals("{\"cores\":0.10}", codec.write(new Exact(new BigDecimal("0.10"))));
        assertEquals(new BigDecimal("1.5"), codec.parse("1.5", Exact.class.getRecordComponents()[0]));
        assertMessage("{\"cores\":1e999999999}", Exact.class, "accepted: a number, such as 0.5");
    }

    @Test
    void keepsNull() {
        TaskStatus status = new TaskStatus(
                new TaskId("t-1"), "vm.create", TaskState.DONE, "admin", Instant.EPOCH, null, 1, 1, "", 1, "", null);
        assertEquals(status, codec.read(codec.write(status), TaskStatus.class));
    }

    @Test
    void refusesAbsentParametersByName() {
        assertEquals(
                new Parameters(new VmId("a"), ByteCount.ofGib(2), Optional.empty(), null, Labels.NONE, false, 4),
                codec.read("{\"vm\":\"a\",\"cores\":4,\"memory\":null}", Parameters.class));
        assertMessage("{\"vm\":\"a\"}", Parameters.class, "field cores is missing; accepted: a whole number from");
        assertMessage("{\"cores\":4}", Parameters.class, "field vm is missing; accepted: a name");
    }

    @Test
    void namesFieldLineAndColumnOfAMistake() {
        assertMessage(
                "{\n  \"vm\": \"a\",\n  \"memory\": \"4bananas\"\n}",
                Everything.class,
                "field memory, line 3, column 13: \"4bananas\" is not a size; accepted:");
        assertMessage(
                "{\"shapes\":[{\"type\":\"Square\",\"side\":1,\"inside\":{\"type\":\"Circle\",\"radius\":\"x\"}}]}",
                Everything.class,
                "field shapes[0].inside.radius, line 1, column 73: is \"x\"; accepted: a number");
        assertMessage("{\"vm\":\"a b\"}", Everything.class, "field vm, line 1, column 7: vm \"a b\" is not a name");
        assertMessage(
                "{\"vm\":7.5,\"on\":1}",
                Everything.class,
                "field on, line 1, column 16: is 1; accepted: true or false");
        assertMessage(
                "{\"role\":\"king\"}",
                Everything.class,
                "field role, line 1, column 9: \"king\"; accepted: VIEWER, OPERATOR, ADMIN");
        assertMessage(
                "{\"big\":9223372036854775808}",
                Everything.class,
                "accepted: a whole number from -9223372036854775808");
        assertMessage("{\"vm\":\"a\",\"vm\":\"b\"}", Everything.class, "field vm, line 1, column 16: given twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|no JSON at all",
                "{|not JSON",
                "{\"vm\"|not JSON",
                "[]|line 1, column 1: is a list; accepted: an object with vm, memory",
                "{\"vm\":\"a\",\"cores\":1} {}|there is more after the end",
                "{\"vm\":}|not JSON",
                "null|is null",
                "nul|not JSON",
                "{'vm':1}|not JSON",
            })
    void refusesWhatIsNotOneJsonValue(String json, String message) {
        assertMessage(json, Parameters.class, message);
    }

    @Test
    void refusesWhatIsTooDeepOrTooLong() {
        assertMessage("[".repeat(100_000), Parameters.class, "is a list");
        assertMessage("{\"x\":" + "[".repeat(100_000), Parameters.class, "too large");
        assertMessage("{\"vm\":\"" + "a".repeat(JsonInput.MAX_STRING + 100_000) + "\"}", Parameters.class, "too large");
        assertMessage(" ".repeat(JsonInput.MAX_DOCUMENT + 1), Parameters.class, "accepted: at most 16777216");
        assertMessage("{\"vm\":\"" + "a".repeat(1000) + "\"}", Parameters.class, "field vm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vm|vm-7|vm-7",
                "size|4GiB|4GiB",
                "size|1.5g|1.5GiB",
                "time|30s|PT30S",
                "time|PT30S|PT30S",
                "time|1h 30m|PT1H30M",
                "time|-1.5s|PT-1.5S",
                "time|250ms|PT0.25S",
                "time|2d|PT48H",
                "labels|app=web,tier=db|Labels[values={app=web, tier=db}]",
                "on|yes|true",
                "on|false|false",
                "hosts|h1,h2|[h1, h2]",
                "hosts|[\"h1\"]|[h1]",
                "state|parked|PARKED",
                "count|3|Optional[3]",
                "at|2026-11-20T14:02:00Z|2026-11-20T14:02:00Z",
                "any|host/h1|host/h1",
                "share|.5|0.5",
                "text|anything = goes|anything = goes",
            })
    void parsesWhatPeopleType(String name, String typed, String value) {
        assertEquals(value, codec.parse(typed, component(name)).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vm|a/b|vm: vm \"a/b\" is not a name; accepted: 1 to 128",
                "size|4x|size: \"4x\" is not a size; accepted:",
                "time|30|time: \"30\" is not a duration; accepted: 30s",
                "time|30 minutes|time: \"30 minutes\" is not a duration; accepted: 30s",
                "time|P1X|is not a duration; accepted: 30s",
                "labels|app|labels: \"app\" is not key=value; accepted:",
                "labels|a=1,a=2|labels: a is given twice",
                "on|maybe|on: \"maybe\"; accepted: true or false",
                "hosts|h1,,h2|hosts: host \"\" is not a name",
                "state|asleep|state: \"asleep\"; accepted: QUEUED, PROPOSED, RUNNING",
                "count|2147483648|count: 2147483648; accepted: a whole number from -2147483648 to 2147483647",
                "count|1e999999999|accepted: a whole number",
                "at|noon|at: \"noon\" is not a time; accepted: such as",
                "any|h1|any: \"h1\"; accepted: kind/name",
                "share|half|share: \"half\"; accepted: a number",
            })
    void saysWhatIsAccepted(String name, String typed, String message) {
        String said = assertThrows(IllegalArgumentException.class, () -> codec.parse(typed, component(name)))
                .getMessage();
        assertTrue(said.contains(message), said);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "999", "1000", "1024", "1536", "1073741825", "9223372036854775807"})
    void keepsSizesAndDurationsExactly(long amount) {
        ByteCount size = new ByteCount(amount);
        assertEquals(size, codec.read(codec.write(size), ByteCount.class));
        for (Duration time : List.of(Duration.ofNanos(amount), Duration.ofNanos(-amount), Duration.ofSeconds(amount))) {
            assertEquals(time, codec.read(codec.write(time), Duration.class), codec.write(time));
        }
    }

    private static RecordComponent component(String name) {
        for (RecordComponent component : Typed.class.getRecordComponents()) {
            if (component.getName().equals(name)) {
                return component;
            }
        }
        throw new AssertionError(name);
    }

    private void assertMessage(String json, Class<?> type, String part) {
        String said = assertThrows(IllegalArgumentException.class, () -> codec.read(json, type))
                .getMessage();
        assertTrue(said.contains(part), said);
    }
}
