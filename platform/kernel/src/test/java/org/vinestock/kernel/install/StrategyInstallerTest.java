package org.vinestock.kernel.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.vinestock.kernel.alarm.Alarm;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.kernel.strategies.StateLog;

/** Plugins that arrive and leave, in a real framework without a container around it. */
class StrategyInstallerTest {
    @TempDir
    private Path folder;

    private final StateLog log = StateLog.memory();
    private final CountDownLatch gate = new CountDownLatch(1);
    private int started;
    private SmallPlatform platform;

    @BeforeEach
    void begin() throws IOException, BundleException {
        platform = start(false);
    }

    private SmallPlatform start(boolean safe) throws IOException, BundleException {
        return new SmallPlatform(folder.resolve("cache" + ++started), folder.resolve("state"), log, safe);
    }

    private void restart(boolean safe) throws Exception {
        platform.close();
        platform = start(safe);
    }

    @AfterEach
    void end() throws BundleException, InterruptedException {
        gate.countDown();
        platform.close();
    }

    private Path jar(String name, String version) throws IOException {
        return new SampleJar(version).as(folder.resolve(name));
    }

    /** As a file is that was there before the process. */
    private static Path old(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    }

    private List<String> alarms() {
        return platform.kernel.alarms().list().stream()
                .map(alarm -> alarm.kind() + " " + alarm.subject())
                .toList();
    }

    @Test
    void letsAGoodOneIn() throws Exception {
        String verdict = platform.take(jar("sample.jar", "1.0"));
        assertTrue(verdict.matches("sample@1\\.0: contract 1/1 in \\d+\\.\\d s -> SHADOW"), verdict);
        assertEquals(List.of("sample@1.0 SHADOW"), platform.standings());
    }

    @Test
    void refusesOneThatBreaksItsContract() throws Exception {
        String verdict = platform.take(
                new SampleJar("1.0").with("Sample-Answer", "tails").as(folder.resolve("wrong.jar")));
        assertTrue(verdict.startsWith("sample@1.0: contract 0/1 in "), verdict);
        assertTrue(verdict.contains("REFUSED: answers heads: it answered "), verdict);
        assertEquals(List.of("sample@1.0 REFUSED"), platform.standings());
        assertTrue(alarms().contains("plugin-refused wrong.jar"), alarms().toString());
    }

    @Test
    void saysWhatIsMissingInAJarThatPromisesNoStrategy() throws Exception {
        String verdict =
                platform.take(new SampleJar("1.0").without("Provide-Capability").as(folder.resolve("plain.jar")));
        assertEquals(
                "plain.jar -> REFUSED: it has no capability vinestock.strategy; mark the strategy's component"
                        + " @VinestockStrategy(point = ..., name = ...) and build the jar with bnd, which writes"
                        + " Provide-Capability from it",
                verdict);
        assertEquals(List.of(), platform.standings());
    }

    @Test
    void refusesTheSameBytesUnderASecondNameAndLeavesTheFirstAlone() throws Exception {
        Path first = jar("first.jar", "1.0");
        platform.take(first);
        assertEquals(
                "second.jar -> REFUSED: it has the same bytes as first.jar, which is there already",
                platform.take(Files.copy(first, folder.resolve("second.jar"))));
        assertEquals(List.of("sample@1.0 SHADOW"), platform.standings());
        platform.installer.gone("second.jar");
        assertEquals(List.of("sample@1.0 SHADOW"), platform.standings());
    }

    @Test
    void addsAVersionWhenAFileIsOverwrittenInPlace() throws Exception {
        Path file = jar("sample.jar", "1.0");
        platform.take(file);
        platform.promote("sample@1.0");
        platform.take(jar("sample.jar", "1.1"));
        assertEquals(List.of("sample@1.0 ACTIVE", "sample@1.1 SHADOW"), platform.standings());
        restart(false);
        platform.take(old(file));
        platform.installer.listed();
        platform.take(old(new SampleJar("1.0").as(folder.resolve("again.jar"))));
        assertEquals(List.of("sample@1.0 ACTIVE", "sample@1.1 SHADOW"), platform.standings());
        assertEquals(
                List.of(),
                platform.alarms.stream()
                        .filter(line -> line.contains("no-active"))
                        .toList());
    }

    @Test
    void touchesNoBundleOfThePlatform() throws Exception {
        Bundle early = platform.bundle("early", "org.vinestock.kernel.install.vendor;resolution:=optional");
        Bundle late = platform.bundle("late", "org.osgi.framework");
        List<String> seen = platform.watchPlatform();
        long changed = early.getLastModified() + late.getLastModified();
        platform.take(jar("sample.jar", "1.0"));
        platform.promote("sample@1.0");
        platform.take(jar("sample.jar", "1.1"));
        platform.installer.gone("sample.jar");
        platform.refreshed();
        assertEquals(List.of(), seen);
        assertEquals(changed, early.getLastModified() + late.getLastModified());
        assertEquals(4, platform.framework.getBundleContext().getBundles().length);
    }

    @Test
    void refusesOneWhoseContractDoesNotEndAndTriesItAgainWhenItIsHandedOverAgain() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        platform.point.beforeContract = thread -> {
            begun.countDown();
            await(gate);
        };
        Path file = jar("endless.jar", "1.0");
        platform.installer.came(file);
        await(begun);
        platform.limits.pass();
        String verdict = platform.verdict(file);
        assertTrue(
                verdict.startsWith("endless.jar -> REFUSED: start and contract did not end within 60 s; it is in "),
                verdict);
        assertEquals(List.of("sample@1.0 REFUSED"), platform.standings());
        platform.kernel.verdicts().forget("endless.jar");
        platform.point.beforeContract = thread -> {};
        assertTrue(platform.take(file).endsWith(" -> SHADOW"));
        gate.countDown();
        platform.refreshed();
        assertEquals(List.of("sample@1.0 SHADOW"), platform.standings());
    }

    @Test
    void givesNoVerdictWhileThePlatformStops() throws Exception {
        Path file = jar("sample.jar", "1.0");
        String digest = PluginJar.digest(Files.readAllBytes(file)).substring(0, 12);
        log.keep(new Kept("start", digest, "1", "the process died meanwhile", "test", Instant.EPOCH));
        restart(false);
        CompletableFuture<Thread> looking = new CompletableFuture<>();
        platform.point.beforeContract = thread -> {
            looking.complete(thread);
            await(gate);
            throw new IllegalStateException("the framework is going");
        };
        platform.installer.came(old(file));
        Thread thread = looking.get(30, TimeUnit.SECONDS);
        platform.stop();
        gate.countDown();
        thread.join(TimeUnit.SECONDS.toMillis(30));
        assertFalse(thread.isAlive());
        assertEquals(
                List.of(),
                log.kept().stream()
                        .filter(kept -> !kept.what().equals("plugin"))
                        .map(Kept::key)
                        .toList());
        restart(false);
        assertTrue(platform.take(old(file)).endsWith(" -> SHADOW"));
    }

    @Test
    void raisesNoAlarmAboutAnActiveThatIsOnItsWayBack() throws Exception {
        Path file = jar("sample.jar", "1.0");
        platform.take(file);
        platform.promote("sample@1.0");
        restart(false);
        platform.installer.came(old(file));
        platform.installer.listed();
        platform.verdict(file);
        assertEquals(List.of("sample@1.0 ACTIVE"), platform.standings());
        assertEquals(List.of(), platform.alarms);
    }

    @Test
    void raisesAnAlarmAboutAnActiveThatDoesNotComeBack() throws Exception {
        platform.take(jar("sample.jar", "1.0"));
        platform.promote("sample@1.0");
        restart(false);
        assertEquals(List.of(), alarms());
        platform.installer.listed();
        assertEquals(List.of("no-active sample.toss"), alarms());
        Alarm alarm = platform.kernel.alarms().list().get(0);
        assertEquals(
                "sample@1.0 is ABSENT; the fallback answers; bring it back, or promote another strategy",
                alarm.message());
    }

    @Test
    void leavesPluginsAloneIfItIsToBeSafe() throws Exception {
        restart(true);
        assertEquals(
                "sample.jar: not started, because the platform was started with --safe",
                platform.take(jar("sample.jar", "1.0")));
        assertEquals(List.of(), platform.standings());
        assertEquals(2, platform.framework.getBundleContext().getBundles().length);
    }

    /** Waits whoever interrupts it: that is what an endless contract does. */
    private static void await(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException e) {
                // goes on waiting
            }
        }
    }
}
