package org.vinestock.kernel.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.area.DesiredKinds;
import org.vinestock.area.SiteCheck;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.FreezeCheck;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.Violation;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.task.PlannedStep;
import org.vinestock.task.Request;
import org.vinestock.task.TaskState;

/** Documents of a site with hand-made kinds. */
class DocumentTest {
    record Machine(HostId id, boolean accepts, long millicores, long memory) implements HostRow {}

    record Guest(VmId id, @Nullable HostId host, long millicores, long memory) implements OccupantRow {}

    private static final Kind<Machine> HOST = new Kind<>("host", Machine.class);
    private static final Kind<Guest> VM = new Kind<>("vm", Guest.class);
    private static final ParameterCheck CHECK = new ParameterCheck();

    @TempDir
    private Path folder;

    private final List<String> failures = new ArrayList<>();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(
            1, Instant.parse("2026-11-20T14:00:00Z"), (lane, thrown) -> failures.add(lane + ": " + thrown));
    private final Inventory inventory = new MemoryInventories().memory(scheduler);
    private final FreezeCheck never = clusters -> null;
    private final TaskEngine engine = new TaskEngine(scheduler, inventory, CHECK, never, new MemoryTaskStore(100));
    private final List<SiteCheck> checks = new ArrayList<>();

    DocumentTest() {
        engine.add(DocumentParts.of(
                inventory,
                () -> List.of(new DesiredKinds(List.of(HOST, VM))),
                () -> checks,
                scheduler.lane("documents")));
    }

    @Test
    void writesWhatItReadsToTheLastByte() throws IOException {
        String text = """
                {
                  "format": 1,
                  "host": [
                    {"id":"a","accepts":true,"millicores":4000,"memory":100},
                    {"id":"b","accepts":false,"millicores":4000,"memory":100}
                  ],
                  "vm": [
                    {"id":"vm-1","host":"a","millicores":1000,"memory":60}
                  ]
                }
                """;
        assertEquals("3 added, 0 changed, 0 removed", imported(text));
        assertEquals(text, exported("out.json"));
        assertEquals("0 added, 0 changed, 0 removed", imported(text));
    }

    @Test
    void writesAnEmptySite() throws IOException {
        assertEquals("{\n  \"format\": 1,\n  \"host\": [],\n  \"vm\": []\n}\n", exported("out.json"));
    }

    @Test
    void changesWhatIsOtherwiseInOneRevisionAndLeavesKindsAloneThatItDoesNotName() throws IOException {
        put(host("a", 100), host("b", 100), guest("vm-1", "a", 60));
        long before = inventory.head().ref().revision();
        assertEquals(
                "1 added, 1 changed, 1 removed",
                imported("{\"format\":1,\"host\":[{\"id\":\"c\",\"accepts\":true,\"millicores\":1,\"memory\":1},"
                        + "{\"id\":\"a\",\"accepts\":true,\"millicores\":4000,\"memory\":80}]}"));
        assertEquals(before + 1, inventory.head().ref().revision());
        assertEquals(1, inventory.head().rows(VM).size());
        assertEquals(
                List.of("a", "c"),
                List.of(
                        inventory.head().rows(HOST).iterator().next().id().value(),
                        inventory
                                .head()
                                .rows(HOST)
                                .after("a")
                                .iterator()
                                .next()
                                .id()
                                .value()));
    }

    @Test
    void showsTheDifferenceAndDoesNothing() throws IOException {
        put(host("a", 100), host("b", 100));
        List<PlannedStep> steps = result(engine.preview(
                type(),
                new ImportOperation.From(file(
                        "{\"format\":1,\"host\":[{\"id\":\"a\",\"accepts\":true,\"millicores\":4000,\"memory\":100}],"
                                + "\"vm\":[{\"id\":\"x\",\"host\":\"a\",\"millicores\":1,\"memory\":1}]}"))));
        assertEquals(
                "1 to add, 0 to change, 1 to remove; would add vm x; would remove host b",
                steps.get(0).preview());
        assertEquals(2, inventory.head().rows(HOST).size());
    }

    @Test
    void saysWhatIsLeftToDo() throws IOException {
        put(host("a", 100));
        checks.add(new SiteCheck() {
            @Override
            public List<Violation> check(Snapshot before, Snapshot after) {
                return List.of();
            }

            @Override
            public List<String> leftToDo(Snapshot before, Snapshot after) {
                return List.of((after.rows(VM).size() - before.rows(VM).size()) + " VM is to be made");
            }
        });
        assertEquals(
                "1 added, 0 changed, 0 removed; 1 VM is to be made",
                imported("{\"format\":1,\"vm\":[{\"id\":\"n\",\"host\":\"a\",\"millicores\":1,\"memory\":1}]}"));
    }

    @Test
    void refusesWhatBreaksMoreThanIsBroken() throws IOException {
        put(host("a", 100), guest("old", "a", 130));
        checks.add((before, after) -> after.rows(VM).size() > 2
                ? List.of(new Violation("few", "there are " + after.rows(VM).size() + " VMs"))
                : List.of());
        String old = "{\"id\":\"old\",\"host\":\"a\",\"millicores\":1,\"memory\":130}";
        assertEquals(
                "1 added, 0 changed, 0 removed",
                imported("{\"format\":1,\"vm\":[" + old
                        + ",{\"id\":\"n\",\"host\":null,\"millicores\":1,\"memory\":1}]}"));
        assertEquals(
                "it would break the site: few: there are 4 VMs; capacity: host a has 100 bytes of memory, and is to hold 330",
                refused("{\"format\":1,\"vm\":[" + old
                        + ",{\"id\":\"n\",\"host\":\"a\",\"millicores\":1,\"memory\":100}"
                        + ",{\"id\":\"o\",\"host\":\"a\",\"millicores\":1,\"memory\":100}"
                        + ",{\"id\":\"p\",\"host\":null,\"millicores\":1,\"memory\":1}]}"));
        assertEquals(2, inventory.head().rows(VM).size());
    }

    @Test
    void leavesWhatItOnlyTriedUnseenByEveryoneElse() throws IOException {
        put(host("a", 100));
        refused("{\"format\":1,\"host\":[{\"id\":\"a\",\"accepts\":true,\"millicores\":1,\"memory\":100},"
                + "{\"id\":\"z\",\"accepts\":true,\"millicores\":1,\"memory\":1}],"
                + "\"vm\":[{\"id\":\"x\",\"host\":\"z\",\"millicores\":1,\"memory\":9}]}");
        assertEquals(-1, inventory.head().hosts().row(new HostId("z")), "its row number belongs to nobody");
        assertEquals(1, inventory.head().hosts().end());
    }

    @Test
    void namesLineColumnFieldAndWhatIsAccepted() throws IOException {
        assertRefused("line 1, column 2: unknown field \"vmm\"; accepted: format, host, vm", "{\"vmm\":[]}");
        assertRefused("field format is missing; accepted: 1", "{\"vm\":[]}");
        assertRefused("field format, line 2, column 11: is 2; accepted: 1", "{\n\"format\": 2}");
        assertRefused(
                "field vm[1].memory, line 3, column 47: is \"x\"; accepted: a whole number",
                "{\"format\":1, \"vm\":[\n{\"id\":\"a\",\"host\":null,\"millicores\":1,\"memory\":1},\n"
                        + "{\"id\":\"b\",\"host\":null,\"millicores\":1,\"memory\":\"x\"}]}");
        assertRefused(
                "field vm[0], line 1, column 29: unknown field \"hots\"; accepted: id, host, millicores, memory",
                "{\"format\":1,\"vm\":[{\"id\":\"a\",\"hots\":null}]}");
        assertRefused(
                "vm b is there twice; accepted: each once",
                "{\"format\":1,\"vm\":[{\"id\":\"b\",\"host\":null,\"millicores\":1,\"memory\":1},"
                        + "{\"id\":\"b\",\"host\":null,\"millicores\":2,\"memory\":1}]}");
        assertRefused("not JSON", "{\"format\":1,");
        assertRefused(" is a list; accepted: an object with format and lists of rows".substring(4), "[]");
    }

    @Test
    void refusesFilesThatAreNotThereOrThatItCannotWrite() throws IOException {
        assertTrue(thrown("none.json").contains("accepted: an absolute path"));
        assertTrue(thrown(folder.resolve("none.json").toString()).contains("cannot be read"));
        exported("out.json");
        IllegalArgumentException twice =
                assertThrows(IllegalArgumentException.class, () -> exported("out.json"), "a file that is there");
        assertTrue(twice.getMessage().contains("is there already; accepted: a new name"), twice.getMessage());
    }

    private void assertRefused(String words, String text) throws IOException {
        String message = refused(text);
        assertTrue(message.contains(words), message);
    }

    private String thrown(String file) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> engine.start(type(), new ImportOperation.From(file), new Request("ann")))
                .getMessage();
    }

    private String refused(String text) throws IOException {
        String file = file(text);
        return thrown(file);
    }

    private String imported(String text) throws IOException {
        return result(engine.start(type(), new ImportOperation.From(file(text)), new Request("ann"))
                        .result())
                .message();
    }

    private String exported(String name) throws IOException {
        Path file = folder.resolve(name);
        OperationType<ExportOperation.To, ExportOperation.Exported> export = found("site.export");
        var task = engine.start(export, new ExportOperation.To(file.toString()), new Request("ann"));
        result(task.result());
        assertEquals(TaskState.DONE, engine.find(task.id()).orElseThrow().state());
        return Files.readString(file);
    }

    private OperationType<ImportOperation.From, ImportOperation.Imported> type() {
        return found("site.import");
    }

    @SuppressWarnings("unchecked") // its name says so
    private <P extends Record, R extends Record> OperationType<P, R> found(String name) {
        return (OperationType<P, R>) engine.types().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "in", ".json"), text)
                .toString();
    }

    private <T> T result(java.util.concurrent.CompletionStage<T> stage) {
        scheduler.run(scheduler.instant().plus(Duration.ofSeconds(1)), 1_000_000);
        assertEquals(List.of(), failures);
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IllegalArgumentException refused ? refused : e;
        }
    }

    private void put(Change... changes) {
        inventory.commit(new ChangeSet(inventory.head().ref().revision(), List.of(changes)));
    }

    private static Change host(String name, long memory) {
        HostId id = new HostId(name);
        return new Change.Put<>(HOST, id, new Machine(id, true, 4_000, memory));
    }

    private static Change guest(String name, String host, long memory) {
        VmId id = new VmId(name);
        return new Change.Put<>(VM, id, new Guest(id, new HostId(host), 1, memory));
    }
}
