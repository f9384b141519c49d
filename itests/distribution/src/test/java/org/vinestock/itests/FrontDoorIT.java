package org.vinestock.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code run} says and does, apart from starting and dying. */
@Execution(ExecutionMode.SAME_THREAD)
@ExtendWith(SharedDistribution.class)
class FrontDoorIT {

    @Test
    void saysWhenItIsReady(Distribution shared) {
        assertTrue(shared.started().matches("(?s).*ready in \\d+\\.\\d s\n.*"), shared.started());
    }

    @Test
    void printsAllOfALongAnswer(Distribution shared) {
        String all = shared.exec("bundle:headers").orThrow();
        assertTrue(all.length() > 200_000, "only " + all.length() + " characters");
        for (int i = 0; i < 5; i++) {
            String again = shared.exec("bundle:headers").orThrow();
            assertEquals(all.lines().count(), again.lines().count());
        }
    }

    @Test
    void makesAPasswordOnceAndKeepsItsDigestOnly(Distribution shared) throws IOException {
        String password = shared.password().orElseThrow();
        assertTrue(password.length() >= 20, "length " + password.length());
        String users = Files.readString(shared.home().resolve("etc/users.properties"));
        assertFalse(users.contains(password), "the password is in users.properties");
        assertTrue(users.contains("admin = {CRYPT}"), users);
    }

    @Test
    void keepsItsKeysToItself(Distribution shared) throws IOException {
        for (String file : new String[] {"ssh/id", "etc/host.key", "etc/users.properties", "etc/keys.properties"}) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(shared.home().resolve(file))),
                    file);
        }
    }

    @Test
    void statusTellsProcessPortsAndHome(Distribution shared) {
        String status = shared.status().orThrow();
        assertTrue(status.contains("pid " + shared.container().orElseThrow().pid()), status);
        assertTrue(status.contains(shared.uri().toString()), status);
        assertTrue(status.contains(shared.home().toString()), status);
    }

    @Test
    void execPrintsTheOutputAndEndsWithTheStatusOfTheCommand(Distribution shared) {
        Ended echo = shared.exec("shell:echo one two");
        assertEquals(new Ended(0, "one two\n", ""), echo);

        Ended unknown = shared.exec("no:such");
        assertEquals(1, unknown.status());
        // Karaf prints errors to the output of a session.
        assertEquals("Command not found: no:such", unknown.out().strip());
    }

    @Test
    void whatItCallsReadyServes(Distribution shared) {
        assertEquals(200, shared.get("/health").statusCode());
        assertTrue(shared.exec("host:list").orThrow().contains("z1-r1-h01"));
    }

    @Test
    void everyBundleIsActive(Distribution shared) {
        String bundles = shared.exec("bundle:list -t 0 -s --no-format").orThrow();
        assertTrue(bundles.contains("org.vinestock.kernel"), bundles);
        assertFalse(bundles.matches("(?s).*(Installed|Waiting|Failure|GracePeriod).*"), bundles);
    }

    @Test
    void listensOnLoopbackOnly(Distribution shared) throws IOException {
        for (int port : new int[] {shared.uri().getPort(), sshPort(shared)}) {
            // Free for every other address only if whoever listens is bound to 127.0.0.1.
            try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"))) {
                assertTrue(other.isBound());
            }
        }
    }

    @Test
    void refusesASecondStartInTheSameHome(Distribution shared) {
        Ended second = FrontDoor.run("--detach", "--home", shared.home().toString());
        assertEquals(1, second.status());
        assertTrue(second.err().contains("already running in " + shared.home()), second.toString());
    }

    @Test
    void refusesAPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            for (String option : new String[] {"--http-port", "--ssh-port"}) {
                Ended refused = FrontDoor.run(
                        "--detach", "--home", FrontDoor.newHome("port").toString(), option, port);
                assertEquals(1, refused.status());
                assertTrue(refused.err().contains("port " + port + " is in use"), refused.toString());
                assertTrue(refused.err().contains(option), refused.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http", "999999999999999999999"})
    void refusesWhatIsNoPort(String port) {
        Ended refused =
                FrontDoor.run("--detach", "--home", FrontDoor.newHome("port").toString(), "--http-port", port);
        assertEquals(1, refused.status());
        assertTrue(
                refused.err().contains("--http-port takes a port from 0 to 65535, not '" + port), refused.toString());
    }

    @Test
    void refusesAHomeThatCannotBeWritten() throws IOException {
        Path file = Files.createTempFile("home", "");
        try {
            for (String home : new String[] {file.toString(), file + "/below", "/proc/nothing"}) {
                Ended refused = FrontDoor.run("--detach", "--home", home);
                assertEquals(1, refused.status());
                assertTrue(refused.err().contains("cannot use " + home + " as home"), refused.toString());
                assertEquals(1, refused.err().lines().count(), refused.toString());
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void refusesAJdkThatKarafDoesNotRunOn() throws IOException {
        Path jdk =
                Files.createDirectories(FrontDoor.newHome("jdk").resolve("bin")).getParent();
        Files.createFile(
                jdk.resolve("bin/java"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        for (String version : new String[] {"25.0.3", "24", "11.0.2", "1.8.0_402"}) {
            Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
            Ended refused = FrontDoor.run(
                    Map.ofEntries(Map.entry("JAVA_HOME", jdk.toString())),
                    "--home",
                    FrontDoor.newHome("jdk").toString());
            assertEquals(1, refused.status());
            assertTrue(refused.err().contains("is version " + version), refused.toString());
            assertTrue(refused.err().contains("Set JAVA_HOME"), refused.toString());
        }
    }

    @Test
    void saysThatNothingRunsInAHome() {
        String home = FrontDoor.newHome("nothing").toString();
        assertEquals(3, FrontDoor.run("status", "--home", home).status());
        assertEquals(0, FrontDoor.run("stop", "--home", home).status());
        Ended exec = FrontDoor.run("exec", "--home", home, "vm:list");
        assertEquals(1, exec.status());
        assertTrue(exec.err().contains("not running in " + home), exec.toString());
    }

    @Test
    void takesOptionsBeforeAndAfterTheCommand(Distribution shared) {
        String home = shared.home().toString();
        Ended echo = new Ended(0, "one\n", "");
        assertEquals(echo, FrontDoor.run("--home", home, "exec", "shell:echo one"));
        assertEquals(echo, FrontDoor.run("exec", "shell:echo one", "--home=" + home));
        assertEquals(0, FrontDoor.run("--home", home, "status").status());
    }

    @Test
    void refusesWhatItDoesNotKnowInOneLine() {
        assertEquals(new Ended(1, "", "run: unknown command 'list'; see run --help\n"), FrontDoor.run("list"));
        assertEquals(new Ended(1, "", "run: unknown option --hom; see run --help\n"), FrontDoor.run("--hom", "/tmp"));
        assertEquals(
                new Ended(1, "", "run: exec takes one argument; quote it: run exec \"vm:list --limit 3\"\n"),
                FrontDoor.run("exec", "vm:list", "--limit", "3"));
    }

    @Test
    void handsNothingOverWithoutTheSshClientThatWouldTellTheVerdict(Distribution shared) throws IOException {
        Path tools = FrontDoor.newHome("tools");
        for (String directory : new String[] {"/usr/bin", "/bin"}) {
            try (Stream<Path> commands = Files.list(Path.of(directory))) {
                for (Path command : commands.toList()) {
                    Path link = tools.resolve(command.getFileName());
                    if (!link.getFileName().toString().startsWith("ssh") && !Files.exists(link)) {
                        Files.createSymbolicLink(link, command);
                    }
                }
            }
        }
        Path jar = Files.createFile(tools.resolve("unheard.jar"));
        Ended refused = FrontDoor.run(
                Map.ofEntries(Map.entry("PATH", tools.toString())),
                "deploy",
                "--home",
                shared.home().toString(),
                jar.toString());
        assertEquals(1, refused.status());
        assertEquals(
                "run: 'run exec', 'run deploy' and 'run shell' need the openssh client"
                        + " (Debian: apt-get install openssh-client)\n",
                refused.err());
        assertFalse(Files.exists(shared.home().resolve("deploy/unheard.jar")));
    }

    @Test
    void refusesWhatCannotBeDeployed(Distribution shared) {
        Ended missing = shared.deploy(Path.of("/no/such.jar"));
        assertEquals(1, missing.status());
        assertTrue(missing.err().contains("there is no file /no/such.jar"), missing.toString());
        Ended folder = shared.deploy(shared.home());
        assertEquals(1, folder.status());
        assertTrue(folder.err().contains("is not a file"), folder.toString());
    }

    private static int sshPort(Distribution shared) throws IOException {
        return Files.readAllLines(shared.home().resolve("run/ports")).stream()
                .filter(line -> line.startsWith("ssh="))
                .mapToInt(line -> Integer.parseInt(line.substring("ssh=".length())))
                .findFirst()
                .orElseThrow();
    }
}
