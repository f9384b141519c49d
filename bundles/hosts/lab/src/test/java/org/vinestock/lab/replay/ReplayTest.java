package org.vinestock.lab.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.lab.LabArea;
import org.vinestock.lab.LabError;
import org.vinestock.lab.StandInPlatform;
import org.vinestock.model.ByteCount;
import org.vinestock.model.VinestockException;
import org.vinestock.task.Request;

class ReplayTest {
    @TempDir
    Path folder = Path.of("");

    private final StandInPlatform live = new StandInPlatform(1, Instant.EPOCH, List.of(new LabArea()));

    private CompletionStage<Replay> start(Path file, int hosts, int cores, long seed) {
        return live.start(
                        ReplayOperation.TYPE,
                        new ReplayOperation.Asked(
                                file.toString(), "best-fit@1.0", hosts, cores, ByteCount.ofGib(256), seed),
                        new Request("me"))
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

    @Test
    void countsWhatCameOfEachVmOfTheTrace() throws IOException {
        Path file = SmallTrace.write(folder, 48, 3);
        ArrivalTrace trace = TraceReader.read(file);
        Replay replay = done(start(file, 20, 64, 1));

        assertEquals(trace.vms(), replay.vms());
        assertEquals(trace.vms(), replay.placed());
        assertEquals(0, replay.refused() + replay.failed());
        assertEquals(trace.vms(), replay.decisions());
        assertTrue(replay.peak() > 50 && replay.peak() < trace.vms(), replay.toString());
        assertTrue(replay.hostsMean() > 1 && replay.hostsMean() <= replay.hostsPeak(), replay.toString());
        assertTrue(replay.hostsPeak() <= 20, replay.toString());
        assertEquals(48 * 300.0, (double) replay.simulated().toSeconds(), 5);
        assertEquals(trace.vms() / (48 * 300.0), replay.perSimulatedSecond(), 0.01);
        assertEquals(List.of(replay), live.rows("lab.replays", Replay.class));
        assertEquals(1, live.twinsBuilt);
        assertEquals(1, live.twinsClosed);
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        Replay replay = done(start(SmallTrace.write(folder, 48, 3), 2, 16, 1));

        assertTrue(replay.refused() > 50, replay.toString());
        assertEquals(replay.vms(), replay.placed() + replay.refused());
        assertEquals(2, replay.hostsPeak());
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
        assertEquals(0, live.twinsBuilt);
        assertEquals(List.of(), live.rows("lab.replays", Replay.class));
    }

    @Test
    void endsWhenItIsCancelled() throws IOException {
        CompletionStage<Replay> replay = start(SmallTrace.write(folder, 48, 3), 20, 64, 1);
        live.run(live.scheduler().instant(), 3);
        live.cancelled = true;
        live.pass(Duration.ofSeconds(1));

        assertEquals(LabError.CANCELLED, ((VinestockException) failure(replay)).code());
        assertEquals(live.twinsBuilt, live.twinsClosed);
        assertEquals(List.of(), live.rows("lab.replays", Replay.class));
    }

    @Test
    void endsWhenTheLabLeaves() throws IOException {
        CompletionStage<Replay> replay = start(SmallTrace.write(folder, 48, 3), 20, 64, 1);
        live.run(live.scheduler().instant(), 3);
        live.close();
        live.pass(Duration.ofSeconds(1));

        assertEquals(LabError.CANCELLED, ((VinestockException) failure(replay)).code());
        assertEquals(live.twinsBuilt, live.twinsClosed);
    }

    @Test
    void namesTheStrategiesThereAreIfOneIsUnknown() {
        String said = assertThrows(
                        IllegalArgumentException.class,
                        () -> live.start(
                                ReplayOperation.TYPE,
                                new ReplayOperation.Asked("x.txt", "worst-fit@9", 1, 1, ByteCount.ofGib(1), 1),
                                new Request("me")))
                .getMessage();
        assertEquals("strategy \"worst-fit@9\" is not known; accepted: best-fit@1.0", said);
    }
}
