package org.vinestock.qemu.qmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.qemu.PlayedPeer;
import org.vinestock.qemu.wire.SocketLoop;

class MonitorTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final String GREETING =
            "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, \"major\": 7},"
                    + " \"package\": \"Debian\"}, \"capabilities\": [\"oob\"]}}\r\n";

    private final LaneScheduler scheduler = new LaneScheduler(1, 1, (lane, thrown) -> thrown.printStackTrace());
    private final SocketLoop loop = SocketLoop.start("qmp-test");
    private final BlockingQueue<QmpEvent> events = new LinkedBlockingQueue<>();
    private PlayedPeer qemu;

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() throws IOException {
        qemu = new PlayedPeer(folder);
    }

    @AfterEach
    void end() throws IOException {
        loop.close();
        qemu.close();
        scheduler.close();
    }

    @Test
    void readsTheGreetingAndAsks() throws Exception {
        Monitor monitor = connected();
        assertEquals(new QemuVersion(7, 2, 22), monitor.version());
        CompletionStage<Object> answer = monitor.execute("query-status", LIMIT);
        assertEquals("{\"execute\":\"query-status\",\"id\":2}", qemu.hear());
        qemu.say("{\"return\": {\"status\": \"running\", \"singlestep\": false}, \"id\": 2}\r\n");
        assertEquals(Map.of("status", "running", "singlestep", false), of(answer));
    }

    @Test
    void givesEachAnswerToItsQuestion() throws Exception {
        Monitor monitor = connected();
        CompletionStage<Object> first = monitor.execute("a", Map.of("n", 1, "s", "\u00e4,\"\n"), LIMIT);
        CompletionStage<Object> second = monitor.execute("b", LIMIT);
        assertTrue(qemu.hear().contains("\"s\":\"\u00e4,\\\"\\n\""));
        assertTrue(qemu.hear().contains("\"b\""));
        qemu.say("{\"return\": [2], \"id\": 3}\r\n{\"return\": 1.5, \"id\": 2}\r\n");
        assertEquals(1.5, of(first));
        assertEquals(List.of(2L), of(second));
    }

    @Test
    void saysWhichErrorQemuAnswered() throws Exception {
        Monitor monitor = connected();
        CompletionStage<Object> answer = monitor.execute("device_del", Map.of("id", "disk9"), LIMIT);
        qemu.hear();
        qemu.say("{\"error\": {\"class\": \"DeviceNotFound\", \"desc\": \"Device 'disk9' not found\"}, \"id\": 2}\r\n");
        QmpException refused = failure(QmpException.class, answer);
        assertEquals(QmpErrorClass.DEVICE_NOT_FOUND, refused.errorClass());
        assertEquals("device_del: Device 'disk9' not found", refused.getMessage());
        answer = monitor.execute("later", LIMIT);
        qemu.hear();
        qemu.say("{\"error\": {\"class\": \"Invented\", \"desc\": \"no\"}, \"id\": 3}\r\n");
        assertEquals(QmpErrorClass.UNKNOWN, failure(QmpException.class, answer).errorClass());
    }

    @Test
    void handsOnEventsInTheirOrderAlsoBetweenAnswers() throws Exception {
        Monitor monitor = connected();
        CompletionStage<Object> answer = monitor.execute("system_powerdown", LIMIT);
        qemu.hear();
        qemu.say("{\"timestamp\": {\"seconds\": 5000000000, \"microseconds\": 7}, \"event\": \"POWERDOWN\"}\r\n"
                + "{\"return\": {}, \"id\": 2}\r\n{\"timestamp\": {\"seconds\": 1, \"microseconds\": 0}, \"event\":"
                + " \"SHUTDOWN\", \"data\": {\"guest\": true, \"reason\": \"guest-shutdown\"}}\r\n");
        assertEquals(Map.of(), of(answer));
        QmpEvent first = events.poll(10, TimeUnit.SECONDS);
        assertEquals("POWERDOWN", first.name());
        assertEquals(Instant.ofEpochSecond(5_000_000_000L, 7_000), first.at());
        assertEquals(
                Map.of("guest", true, "reason", "guest-shutdown"),
                events.poll(10, TimeUnit.SECONDS).data());
    }

    @Test
    void givesUpAnAnswerThatDoesNotComeAndDropsItWhenItDoes() throws Exception {
        Monitor monitor = connected();
        MonitorLostException silent =
                failure(MonitorLostException.class, monitor.execute("query-slow", Duration.ofMillis(1)));
        assertTrue(silent.getMessage().contains("did not answer within 1 ms"), silent.getMessage());
        CompletionStage<Object> next = monitor.execute("query-status", LIMIT);
        qemu.hear();
        qemu.hear();
        qemu.say("{\"return\": {\"late\": true}, \"id\": 2}\r\n{\"return\": {}, \"id\": 3}\r\n");
        assertEquals(Map.of(), of(next));
    }

    @Test
    void failsWhatIsUnderWayWhenQemuGoes() throws Exception {
        Monitor monitor = connected();
        CompletionStage<Object> answer = monitor.execute("quit", LIMIT);
        qemu.hear();
        qemu.hangUp();
        failure(MonitorLostException.class, answer);
        of(monitor.lost());
        failure(MonitorLostException.class, monitor.execute("query-status", LIMIT));
    }

    @Test
    void refusesToConnectWhereNobodyListens() throws Exception {
        MonitorLostException lost = failure(
                MonitorLostException.class,
                Monitor.connect(loop, folder.resolve("nobody.sock"), scheduler, events::add));
        assertTrue(lost.getMessage().contains("nobody.sock"), lost.getMessage());
    }

    @Test
    void endsWhenWhatItHearsIsNotJson() throws Exception {
        Monitor monitor = connected();
        qemu.say("HTTP/1.1 400 Bad Request\r\n");
        assertTrue(of(monitor.lost()).contains("HTTP/1.1 400"), () -> "it said otherwise");
    }

    @Test
    void endsWhenALineNeverEnds() throws Exception {
        Monitor monitor = connected();
        byte[] much = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 40; i++) {
                qemu.say(much);
            }
        });
        assertTrue(of(monitor.lost()).contains("longer than 16777216 bytes"));
    }

    /** Valid lines with bytes changed, cut, doubled: the monitor answers or ends, and the loop serves the next one. */
    @Test
    void survivesWhateverIsSaid() throws Exception {
        String valid = "{\"return\": {\"a\": [1, -2.5e3, true, null, \"\\u00e4\"]}, \"id\": 2}\r\n"
                + "{\"timestamp\": {\"seconds\": 1, \"microseconds\": 2}, \"event\": \"RESET\", \"data\": {}}\r\n"
                + "{\"error\": {\"class\": \"GenericError\", \"desc\": \"d\"}, \"id\": 3}\r\n" + GREETING;
        for (long seed = 0; seed < 200; seed++) {
            qemu.close();
            Path own = java.nio.file.Files.createDirectory(folder.resolve("seed" + seed));
            qemu = new PlayedPeer(own);
            Monitor monitor = connected();
            CompletionStage<Object> first = monitor.execute("first", LIMIT);
            CompletionStage<Object> second = monitor.execute("second", LIMIT);
            qemu.hear();
            qemu.hear();
            try {
                qemu.say(spoilt(
                        valid.getBytes(StandardCharsets.UTF_8),
                        RandomGeneratorFactory.getDefault().create(seed)));
                qemu.hangUp();
            } catch (IOException e) {
                // the monitor has heard enough
            }
            of(monitor.lost());
            ended(first);
            ended(second);
        }
    }

    private static byte[] spoilt(byte[] valid, RandomGenerator random) {
        byte[] bytes = valid.clone();
        for (int change = random.nextInt(1, 6); change > 0; change--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
                default -> {
                    int length = Math.min(random.nextInt(1, 64), bytes.length - at);
                    System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                }
            }
        }
        return bytes;
    }

    private Monitor connected() throws Exception {
        CompletionStage<Monitor> monitor = Monitor.connect(loop, qemu.socket, scheduler, events::add);
        qemu.say(GREETING);
        assertTrue(qemu.hear().contains("qmp_capabilities"));
        qemu.say("{\"return\": {}, \"id\": 1}\r\n");
        return of(monitor);
    }

    private static <T> T of(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void ended(CompletionStage<?> stage) throws InterruptedException, TimeoutException {
        try {
            stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // also an end
        }
    }

    private static <E extends Throwable> E failure(Class<E> type, CompletionStage<?> stage) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> of(stage));
        Throwable cause = thrown.getCause();
        return type.cast(cause);
    }
}
