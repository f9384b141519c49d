package org.vinestock.surfaces.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.operation.Role;
import org.vinestock.surfaces.site.FakeSite;
import org.vinestock.surfaces.site.Person;
import org.vinestock.surfaces.text.Table;
import org.vinestock.task.TaskState;

class ShellCallTest {
    private final FakeSite fake = new FakeSite();
    private Role role = Role.OPERATOR;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private boolean run(String name, String... words) {
        return run(Table.UNLIMITED, name, words);
    }

    private boolean run(int width, String name, String... words) {
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                width,
                false,
                () -> {});
        return new ShellCall(fake.site(), fake.lane("shell"), screen, new Person("ann", role))
                .run(name, List.of(words));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void setsAViewAsATableWithNumbersRight() {
        assertTrue(run("vm.list"));
        assertEquals("""
                ID     MEMORY  CORES  HOST       AGE
                vm-1     4GiB      2  z1-r1-h01  3 min 0 s
                vm-2   512MiB     16  z1-r1-h02  -
                web-3   12GiB      1  z2-r3-h17  40 d 0 h
                """, out());
    }

    @Test
    void setsRowsAsNamesAndValuesOnANarrowScreen() {
        assertTrue(run(34, "vm.list"));
        assertEquals("""
                id      vm-1
                memory  4GiB
                cores   2
                host    z1-r1-h01
                age     3 min 0 s

                id      vm-2
                """, out().lines().limit(7).map(line -> line + "\n").reduce("", String::concat));
    }

    @Test
    void saysThatThereIsNothingToList() {
        assertTrue(run("vm.list", "--host", "nowhere"));
        assertEquals("no VMs\n", out());
        out.reset();
        assertTrue(run("vm.list", "--host", "nowhere", "--json"));
        assertTrue(out().contains("\"rows\":[]"), out());
    }

    @Test
    void saysHowToGoOnAfterAPage() {
        assertTrue(run("vm.list", "--limit", "2"));
        assertEquals(3, out().lines().count());
        assertEquals("more: --after vm-2", err());
    }

    @Test
    void showsOneObjectAsNamesAndValues() {
        assertTrue(run("vm.info", "vm-1"));
        assertEquals("id      vm-1", out().lines().findFirst().orElse(""));
    }

    @Test
    void printsJsonWithTheKeysOfTheRecord() {
        assertTrue(run("vm.info", "vm-2", "--json"));
        assertTrue(out().contains("{\"id\":\"vm-2\",\"memory\":\"512MiB\",\"cores\":16,\"host\":\"z1-r1-h02\""), out());
    }

    @Test
    void makesParametersOfWhatWasTyped() {
        assertTrue(run(
                "vm.create",
                "web-9",
                "--cores",
                "2",
                "--memory=4GiB",
                "--labels",
                "app=web",
                "--networks",
                "a",
                "--networks",
                "b",
                "--start-now"));
        assertEquals(
                new FakeSite.Create(
                        new org.vinestock.model.VmId("web-9"),
                        new BigDecimal("2"),
                        ByteCount.ofGib(4),
                        Labels.of("app", "web"),
                        FakeSite.Machine.KVM,
                        List.of("a", "b"),
                        true),
                fake.started.get(0));
        assertEquals("id    vm-4\nhost  z1-r1-h01\n", out());
        assertEquals("ann", fake.requests.get(0).by());
    }

    @Test
    void saysInOneLineWhatIsNotAccepted() {
        assertFalse(run("vm.create", "--memroy", "4GiB"));
        assertEquals(
                "unknown option --memroy; accepted: --cores --memory --labels --machine --networks --start-now"
                        + " --dry-run --wait --despite-freeze --json --help",
                err());
    }

    @Test
    void saysWhatIsMissing() {
        assertFalse(run("vm.create"));
        assertEquals("memory is missing: Memory, such as 4GiB", err());
    }

    @Test
    void saysWhatAValueMustBe() {
        assertFalse(run("vm.create", "--memory", "much"));
        assertTrue(err().startsWith("memory: \"much\" is not a size; accepted:"), err());
        assertEquals(1, err().lines().count());
    }

    @Test
    void refusesOneArgumentTooMany() {
        assertFalse(run("vm.info", "vm-1", "vm-2"));
        assertEquals("\"vm-2\" is one argument too many; accepted: ID", err());
    }

    @Test
    void refusesAnOptionGivenTwice() {
        assertFalse(run("vm.create", "--memory", "1GiB", "--memory", "2GiB"));
        assertEquals("--memory is given twice: 1GiB and 2GiB", err());
    }

    @Test
    void doesNothingInADryRun() {
        assertTrue(run("vm.create", "--memory", "1GiB", "--dry-run"));
        assertEquals("1  place vm-4: best-fit would choose z1-r1-h01\n2  start vm-4\nnothing was done\n", out());
        assertEquals(List.of(), fake.started);
    }

    @Test
    void printsTheTaskAtOnceIfNotToWait() {
        fake.becomes = TaskState.RUNNING;
        assertTrue(run("vm.create", "--memory", "1GiB", "--wait", "0"));
        assertEquals("t-1\n", out());
    }

    @Test
    void saysHowToFollowATaskThatIsParked() {
        fake.becomes = TaskState.PARKED;
        assertFalse(run("vm.create", "--memory", "1GiB"));
        assertEquals("t-1 is parked: acting is frozen; task:info t-1 shows it, task:cancel t-1 undoes it", err());
    }

    @Test
    void failsWithTheReasonOfTheTask() {
        fake.becomes = TaskState.FAILED;
        assertFalse(run("vm.create", "--memory", "1GiB"));
        assertEquals("vm-4 needs 2 cores, 1 is free", err());
    }

    @Test
    void callsADefectADefect() {
        fake.becomes = TaskState.FAILED;
        fake.failure = new IllegalStateException("two\nlines");
        assertFalse(run("vm.create", "--memory", "1GiB"));
        assertEquals("this is a defect: IllegalStateException: two lines; the log has the rest", err());
    }

    @Test
    void passesOnThatAFreezeDoesNotCount() {
        assertTrue(run("vm.create", "--memory", "1GiB", "--despite-freeze"));
        assertTrue(fake.requests.get(0).despiteFreeze());
    }

    @Test
    void refusesAViewerBeforeAnythingHappens() {
        role = Role.VIEWER;
        assertFalse(run("vm.create", "--memory", "1GiB"));
        assertEquals("ann is VIEWER; vm.create needs OPERATOR", err());
        assertEquals(List.of(), fake.started);
        assertTrue(run("vm.list"));
    }

    @Test
    void showsAViewerNothingThatNeedsMore() {
        fake.more.add(new FakeSite.Secret());
        role = Role.VIEWER;
        assertFalse(run("vm.secret", "vm-1"));
        assertEquals("ann is VIEWER; vm.secret needs OPERATOR", err());
        assertEquals("", out());
        role = Role.OPERATOR;
        assertTrue(run("vm.secret", "vm-1"));
    }

    @Test
    void explainsItself() {
        assertTrue(run("vm.create", "--help"));
        assertTrue(out().startsWith("Place a new VM.\n\n  vm:create [ID] --memory MEMORY [OPTIONS]\n"), out());
        assertTrue(out().contains("--machine KVM|TCG    What it runs on [KVM]"), out());
    }

    @Test
    void saysThatTheProviderIsGone() {
        assertFalse(run("disk.fork"));
        assertEquals("disk: no provider installed; disk:fork comes with one", err());
    }
}
