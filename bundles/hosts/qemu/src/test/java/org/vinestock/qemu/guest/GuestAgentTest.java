package org.vinestock.qemu.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.qemu.PlayedPeer;
import org.vinestock.qemu.wire.SocketLoop;

/** A guest's agent is played, also one that plays tricks. */
class GuestAgentTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern TOKEN = Pattern.compile("\"id\":(\\d+)");

    private final LaneScheduler scheduler = new LaneScheduler(1, 1, (lane, thrown) -> thrown.printStackTrace());
    private final SocketLoop loop = SocketLoop.start("agent-test");
    private PlayedPeer guest;
    private GuestAgent agent;

    @TempDir
    private Path folder;

    @BeforeEach
    void connect() throws Exception {
        guest = new PlayedPeer(folder);
        agent = of(GuestAgent.connect(loop, guest.socket, scheduler));
    }

    @AfterEach
    void end() throws IOException {
        loop.close();
        guest.close();
        scheduler.close();
    }

    @Test
    void agreesOnTheStreamBeforeTheFirstQuestionOnly() throws Exception {
        CompletionStage<Object> first = agent.execute("guest-ping", Map.of(), LIMIT);
        CompletionStage<Object> second = agent.execute("guest-info", Map.of("n", 1), LIMIT);
        agree();
        assertEquals("{\"execute\":\"guest-ping\"}", guest.hear());
        guest.say("{\"return\": {}}\n");
        assertEquals(Map.of(), of(first));
        assertEquals("{\"execute\":\"guest-info\",\"arguments\":{\"n\":1}}", guest.hear());
        guest.say("{\"return\": {\"version\": \"7.2\"}}\n");
        assertEquals(Map.of("version", "7.2"), of(second));
    }

    @Test
    void neverTakesAnOldAnswerForANewOne() throws Exception {
        CompletionStage<Object> late = agent.execute("guest-slow", Map.of(), Duration.ofMillis(200));
        agree();
        guest.hear();
        GuestAgentException silence = failure(late);
        assertFalse(silence.answered());
        assertTrue(silence.getMessage().contains("qemu-guest-agent"), silence.getMessage());
        CompletionStage<Object> next = agent.execute("guest-ping", Map.of(), LIMIT);
        guest.say("{\"return\": \"of the slow one\"}\n");
        agree();
        guest.hear();
        guest.say("{\"return\": \"pong\"}\n");
        assertEquals("pong", of(next));
    }

    @Test
    void saysWhatTheAgentRefused() throws Exception {
        CompletionStage<Object> answer = agent.execute("guest-exec", Map.of(), LIMIT);
        agree();
        guest.hear();
        guest.say(
                "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command guest-exec has been disabled\"}}\n");
        GuestAgentException refused = failure(answer);
        assertTrue(refused.answered());
        assertEquals("guest-exec: The command guest-exec has been disabled", refused.getMessage());
    }

    @Test
    void tellsWithoutWaitingForAnAnswer() throws Exception {
        CompletionStage<Object> told = agent.tell("guest-shutdown", Map.of("mode", "powerdown"), LIMIT);
        agree();
        assertTrue(guest.hear().contains("powerdown"));
        of(told);
    }

    @Test
    void overhearsNonsenseAndEndsOnALineWithoutEnd() throws Exception {
        CompletionStage<Object> answer = agent.execute("guest-ping", Map.of(), LIMIT);
        agree();
        guest.hear();
        guest.say("null\n[1]\n{\"half\n{\"return\": 3}\n");
        assertEquals(3L, of(answer));
        answer = agent.execute("guest-ping", Map.of(), LIMIT);
        guest.hear();
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 40; i++) {
                guest.say("y".repeat(1 << 18));
            }
        });
        assertTrue(failure(answer).getMessage().contains("longer than 1048576 bytes"));
        failure(agent.execute("guest-ping", Map.of(), LIMIT));
    }

    private void agree() throws IOException, InterruptedException {
        String sync = guest.hear();
        Matcher matcher = TOKEN.matcher(sync);
        assertTrue(sync.contains("guest-sync-delimited") && matcher.find(), sync);
        guest.say("{\"return\": 17}\n"); // of somebody before us
        guest.say(new byte[] {(byte) 0xff});
        guest.say(("{\"return\": " + matcher.group(1) + "}\n").getBytes(StandardCharsets.UTF_8));
    }

    private static <T> T of(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static GuestAgentException failure(CompletionStage<?> stage) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> of(stage));
        return (GuestAgentException) thrown.getCause();
    }
}
