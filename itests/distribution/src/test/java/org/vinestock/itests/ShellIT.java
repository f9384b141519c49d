package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The shell as people call it over SSH. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(SharedDistribution.class)
class ShellIT {

    /** One line to the error stream, none to the output, a status that is not zero. */
    private static void assertRefused(String message, Ended ended) {
        assertEquals(new Ended(1, "", message + "\n"), ended);
    }

    private static void assertRefusedLike(String pattern, Ended ended) {
        assertEquals(1, ended.status(), ended.toString());
        assertEquals("", ended.out());
        assertTrue(ended.err().matches(pattern + "\n"), ended.err());
    }

    @Test
    void listsHostsInATableThatScriptsCanRead(Distribution shared) {
        List<String> lines = shared.exec("host:list").orThrow().lines().toList();
        assertTrue(lines.get(0).startsWith("ID         STATE"), lines.get(0));
        assertEquals(25, lines.size());
        assertFalse(String.join("", lines).matches("(?s).*[\u2500-\u257f|\u001b].*"), lines.get(1));
    }

    @Test
    void printsJsonWithTheNamesOfTheColumns(Distribution shared) {
        String json = shared.exec("host:list --limit 1 --json").orThrow();
        assertTrue(json.matches("\\{\"heading\":\"[^\"]*\",\"rows\":\\[\\{\"id\":\"[^\"]+\",\"state\":.*\\n"), json);
    }

    @Test
    void createsShowsAndDeletesAVm(Distribution shared) {
        String made = shared.exec("vm:create shell-1 --cores 2 --memory 4GiB --labels app=web")
                .orThrow();
        assertTrue(made.matches("id    shell-1\nhost  \\S+\n"), made);
        String shown = shared.exec("vm:info shell-1 --json").orThrow();
        assertTrue(shown.contains("\"memory\":\"4GiB\""), shown);
        assertTrue(shown.contains("\"app\":\"web\""), shown);
        shared.exec("vm:delete shell-1").orThrow();
        assertEquals(1, shared.exec("vm:info shell-1").status());
    }

    @Test
    void doesNothingInADryRun(Distribution shared) {
        String planned =
                shared.exec("vm:create shell-2 --memory 1GiB --dry-run").orThrow();
        assertTrue(planned.matches("(?s)1  .*nothing was done\n"), planned);
        assertEquals(1, shared.exec("vm:info shell-2").status());
    }

    @Test
    void printsTheTaskAtOnceIfAskedNotToWait(Distribution shared) {
        String task = shared.exec("vm:create shell-3 --memory 1GiB --wait 0").orThrow();
        assertTrue(task.matches("t-\\d+\n"), task);
        assertTrue(shared.exec("task:info " + task.strip()).orThrow().contains("vm.create"));
        Distribution.eventually(
                "vm:delete after the task has ended",
                Duration.ofSeconds(20),
                () -> Optional.of(shared.exec("vm:delete shell-3")).filter(ended -> ended.status() == 0));
    }

    @Test
    void refusesAnUnknownHostInOneLine(Distribution shared) {
        assertRefusedLike(".*nowhere.*", shared.exec("host:info nowhere"));
    }

    @Test
    void refusesAVmLargerThanAnyHostInOneLine(Distribution shared) {
        assertRefusedLike(".*shell-4.*", shared.exec("vm:create shell-4 --cores 4000 --memory 4TiB"));
        assertEquals(1, shared.exec("vm:info shell-4").status());
    }

    @Test
    void saysWhatIsAcceptedInsteadOfAnUnknownOption(Distribution shared) {
        assertRefused(
                "unknown option --memroy; accepted: --cores --memory --labels --image --disk-size --disks --cd --kernel --initramfs"
                        + " --append --network --mac --user-data --ssh-key --hostname --host --dry-run --wait"
                        + " --despite-freeze --json --help",
                shared.exec("vm:create --memroy 4GiB"));
    }

    @Test
    void saysWhatASizeIs(Distribution shared) {
        assertRefusedLike("memory: \"much\" is not a size; accepted: .*", shared.exec("vm:create --memory much"));
    }

    @Test
    void goesNoFurtherAfterACommandThatFailed(Distribution shared) {
        Ended ended = shared.exec("host:info nowhere && host:list");
        assertEquals(1, ended.status());
        assertEquals("", ended.out());
    }

    @Test
    void followsDecisionsAsTheyAreMade(Distribution shared) {
        String lines = shared.exec("decision:watch --count 2").orThrow();
        String line = "place \\S+ +-> \\S+ +[\\w-]+@[\\w.]+ +\\d+ (us|ms)  \\d+ hosts: \\d+ fit.*\n";
        assertTrue(lines.matches(line + line), lines);
    }

    @Test
    void listsItsCommandsAndSaysHowOneIsCalled(Distribution shared) {
        String all = shared.exec("help").orThrow();
        assertTrue(all.contains("\nvm:create "), all);
        assertTrue(all.contains("\ndecision:watch "), all);
        assertTrue(all.contains("\nScopes of Karaf: bundle "), all);
        assertEquals(shared.exec("vm:create --help"), shared.exec("help vm:create"));
        assertTrue(shared.exec("help bundle:list").orThrow().startsWith("Lists all installed bundles"));
        assertRefused("there is no command or scope \"nope\"; help lists them", shared.exec("help nope"));
    }

    @Test
    void saysThatThereIsNothingToList(Distribution shared) {
        assertEquals("no VMs\n", shared.exec("vm:list --label app=nobodys").orThrow());
    }

    @Test
    void listsAreasWithTheirProviders(Distribution shared) {
        String areas = shared.exec("area:list").orThrow();
        assertTrue(
                areas.matches("(?s).*\nplacement +org.vinestock.placement.provider +\\S+ +IN_USE +placement .*"),
                areas);
        assertRefused(
                "area: placement has no other provider than org.vinestock.placement.provider",
                shared.exec("area:use placement"));
    }

    @Test
    void freezesNoClusterThatIsNotThere(Distribution shared) {
        assertRefused(
                "cluster: there is no cluster \"nowhere\"; accepted: lab", shared.exec("platform:freeze nowhere"));
    }

    @Test
    void explainsItself(Distribution shared) {
        String help = shared.exec("vm:create --help").orThrow();
        assertTrue(help.contains("vm:create [ID] [OPTIONS]"), help);
        assertTrue(help.contains("--memory MEMORY"), help);
    }

    @Test
    void greetsInTwoLinesAndBreaksNoWordOnANarrowTerminal(Distribution shared) {
        shared.exec("decision:watch --count 1").orThrow();
        String screen = FrontDoor.shell(shared.home(), 70, "decision:list --limit 1\nlogout\n")
                .out()
                .replace("\r", "");
        assertTrue(screen.matches("(?s)(.*\n)?Vinestock \\d\\S+\n`help` lists the commands, .*"), screen);
        assertFalse(screen.contains("Karaf"), screen);
        assertTrue(
                screen.matches(
                        "(?s).*id       d-\\d+\nat       \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\npoint    placement.place\n.*"),
                screen);
        List<String> piped =
                shared.exec("decision:list --limit 1").out().lines().toList();
        assertEquals(2, piped.size(), piped.toString());
    }
}
