package org.vinestock.lab.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.lab.LabError;
import org.vinestock.lab.PlayedSite;
import org.vinestock.model.ByteCount;
import org.vinestock.model.VinestockException;
import org.vinestock.task.Task;
import org.vinestock.task.TaskState;

class ReplayTest {
    @TempDir
    Path folder = Path.of("");

    private final PlayedSite live = new PlayedSite(1);

    private CompletionStage<Replay> start(Path file, int hosts, int cores, long seed) {
        return live.start(
                        ReplayOperation.TYPE,
                        new ReplayOperation.Asked(
                                file.toString(), "best-fit@1.0", hosts, cores, ByteCount.ofGib(256), seed))
                .result();
    }

    private Replay done(CompletionStage<Replay> replay) {
        live.pass(Duration.ofSeconds(1));
        return replay.toCompletableFuture().getNow(null);
    }

    private static Throwable failure(CompletionStage<Replay> replay) {
        return assertThrows(
                        CompletionException.class,
                        () -> replay.toCompletableFuture().getNow(null))
                .getCause();
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void countsWhatCameOfEachVmOfTheTrace() throws IOException {
        Path file = SmallTrace.write(folder, 48, 3);
        ArrivalTrace trace = TraceReader.read(file);
        Replay replay = done(start(file, 20, 64, 1));

        assertEquals(trace.vms(), replay.vms());
        assertEquals(trace.vms(), replay.placed());
        assertEquals(0, replay.refused() + replay.failed());
        assertEquals(trace.vms(), replay.decisions());
        assertEquals(0, replay.byFallback());
        assertEquals("best-fit@1.0", replay.strategy());
        assertTrue(replay.peak() > 50 && replay.peak() < trace.vms(), replay.toString());
        assertTrue(replay.hostsMean() > 1 && replay.hostsMean() <= replay.hostsPeak(), replay.toString());
        assertTrue(replay.hostsPeak() <= 20, replay.toString());
        assertEquals(48 * 300.0, (double) replay.simulated().toSeconds(), 5);
        assertEquals(trace.vms() / (48 * 300.0), replay.perSimulatedSecond(), 0.01);
        assertEquals(List.of(replay), live.rows("lab.replays", Replay.class));
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        ReplayOperation.Asked asked = new ReplayOperation.Asked(
                SmallTrace.write(folder, 48, 3).toString(), null, 2, 16, ByteCount.ofGib(256), 1);
        Replay replay = done(live.start(ReplayOperation.TYPE, asked).result());

        assertTrue(replay.refused() > 50, replay.toString());
        assertEquals(replay.vms(), replay.placed() + replay.refused());
        assertEquals(2, replay.hostsPeak());
        assertEquals("best-fit@1.0", replay.strategy(), "the active one, by its name");
    }

    @Test
    void theSameSeedGivesTheSameResultAndAnotherOneOtherLifetimes() throws IOException {
        Path file = SmallTrace.write(folder, 48, 3);
        String first = withoutNameAndClock(done(start(file, 20, 64, 1)));
        assertEquals(first, withoutNameAndClock(done(start(file, 20, 64, 1))));
        assertNotEquals(first, withoutNameAndClock(done(start(file, 20, 64, 2))));
        assertEquals(3, live.rows("lab.replays", Replay.class).size());
    }

    private static String withoutNameAndClock(Replay replay) {
        return List.of(replay.placed(), replay.peak(), replay.hostsMean(), replay.hostsPeak(), replay.simulated())
                .toString();
    }

    @Test
    void keepsNothingAndRunsNothingIfALineIsBroken() throws IOException {
        Path file = SmallTrace.write(folder, 48, 3);
        Files.writeString(folder.resolve("flav_map.txt"), "nonsense\n");
        CompletionStage<Replay> replay = start(file, 20, 64, 1);
        live.pass(Duration.ofSeconds(1));

        Throwable failure = failure(replay);
        assertTrue(failure instanceof IllegalArgumentException, failure.toString());
        assertTrue(failure.getMessage().contains("flav_map.txt line 1 is \"nonsense\""), failure.getMessage());
        assertEquals(List.of(), live.rows("lab.replays", Replay.class));
    }

    @Test
    void endsWhenItIsCancelled() throws IOException {
        Task<Replay> task = live.start(
                ReplayOperation.TYPE,
                new ReplayOperation.Asked(
                        SmallTrace.write(folder, 48, 3).toString(), null, 20, 64, ByteCount.ofGib(256), 1));
        live.events(live.scheduler.instant(), 5);
        assertTrue(live.tasks.cancel(task.id()));
        live.pass(Duration.ofSeconds(1));

        assertEquals(
                TaskState.CANCELLED, live.tasks.find(task.id()).orElseThrow().state());
        assertThrows(
                CompletionException.class,
                () -> task.result().toCompletableFuture().getNow(null));
        assertEquals(List.of(), live.rows("lab.replays", Replay.class));
    }

    @Test
    void endsWhenTheLabLeavesAndIsAccountedForWhenItReturns() throws IOException {
        Task<Replay> task = live.start(
                ReplayOperation.TYPE,
                new ReplayOperation.Asked(
                        SmallTrace.write(folder, 48, 3).toString(), null, 20, 64, ByteCount.ofGib(256), 1));
        live.events(live.scheduler.instant(), 5);
        live.plane.remove(live.lab);
        live.pass(Duration.ofSeconds(1));
        assertEquals(TaskState.PARKED, live.tasks.find(task.id()).orElseThrow().state());

        live.plane.add(live.lab);
        live.pass(Duration.ofSeconds(1));
        assertEquals(TaskState.FAILED, live.tasks.find(task.id()).orElseThrow().state());
        assertEquals(LabError.CANCELLED, ((VinestockException) failure(task.result())).code());
        assertEquals(List.of(), live.rows("lab.replays", Replay.class));
    }

    @Test
    void namesTheStrategiesThereAreIfOneIsUnknown() {
        String said = assertThrows(
                        IllegalArgumentException.class,
                        () -> live.start(
                                ReplayOperation.TYPE,
                                new ReplayOperation.Asked("x.txt", "worst-fit@9", 1, 1, ByteCount.ofGib(1), 1)))
                .getMessage();
        assertEquals("strategy \"worst-fit@9\" is not known; accepted: best-fit@1.0, spread@1.0", said);
    }
}
