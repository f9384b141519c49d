package org.vinestock.qemu.guest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.qemu.qmp.Json;
import org.vinestock.qemu.wire.Lines;
import org.vinestock.qemu.wire.Link;
import org.vinestock.qemu.wire.Receiver;
import org.vinestock.qemu.wire.SocketLoop;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Asks the agent inside a guest, after QEMU's "Guest Agent Protocol Reference" (docs/interop/qemu-ga-ref). It answers one
 * question after the other and greets nobody; whether it is there shows only when it answers. Before the first question,
 * and after each that was not answered, both sides agree on where in the stream they are, so that no old answer is taken
 * for a new one.
 *
 * <p><b>Calls.</b> From any thread, never blocks. Stages complete on a lane of its own.
 *
 * <p><b>Failure.</b> {@link GuestAgentException}. After a silence the next question is asked as if nothing was.
 */
public final class GuestAgent {
    /** What a guest says at most in one answer; more ends the connection. */
    private static final int LONGEST_LINE = 1 << 20;

    private static final byte DELIMITER = (byte) 0xff;

    private final Scheduler scheduler;
    private final Lane lane;
    private final RandomGenerator random;

    /** Guarded by itself, as is all below. */
    private final ArrayDeque<Question> queue = new ArrayDeque<>();

    private @Nullable Link link;
    private @Nullable Question current;
    private @Nullable String lost;
    private boolean inStep;
    private long token;

    private GuestAgent(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.lane = scheduler.lane("guest-agent");
        this.random = scheduler.random("guest-agent");
    }

    private static final class Question {
        private final String command;
        private final byte[] line;
        private final Duration limit;
        private final boolean answerless;
        private final CompletableFuture<Object> answer = new CompletableFuture<>();

        Question(String command, byte[] line, Duration limit, boolean answerless) {
            this.command = command;
            this.line = line;
            this.limit = limit;
            this.answerless = answerless;
        }
    }

    /** Connects to the agent's port of a VM. Whether somebody is there inside is not known then. */
    public static CompletionStage<GuestAgent> connect(SocketLoop loop, Path socket, Scheduler scheduler) {
        GuestAgent agent = new GuestAgent(scheduler);
        return loop.connect(socket, agent.new Reader()).thenApply(made -> {
            synchronized (agent.queue) {
                agent.link = made;
            }
            return agent;
        });
    }

    /** Asks something; completes with what was returned, as in {@link Json}. */
    public CompletionStage<Object> execute(String command, Map<String, ?> arguments, Duration limit) {
        return ask(command, arguments, limit, false);
    }

    /** Asks for something that leaves nobody to answer, such as a shutdown: completes when it was sent. */
    public CompletionStage<Object> tell(String command, Map<String, ?> arguments, Duration limit) {
        return ask(command, arguments, limit, true);
    }

    /** Disconnects. What is under way fails. */
    public void close() {
        Link there;
        synchronized (queue) {
            there = link;
        }
        if (there != null) {
            there.close();
        }
    }

    private CompletionStage<Object> ask(String command, Map<String, ?> arguments, Duration limit, boolean answerless) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("execute", command);
        if (!arguments.isEmpty()) {
            request.put("arguments", arguments);
        }
        Question question = new Question(command, withEnd(Json.write(request)), limit, answerless);
        synchronized (queue) {
            if (lost != null) {
                question.answer.completeExceptionally(new GuestAgentException(command + ": " + lost, false));
            } else {
                queue.add(question);
                begin();
            }
        }
        return question.answer;
    }

    /** With the lock. */
    private void begin() {
        Link there = link;
        if (current != null || queue.isEmpty() || there == null) {
            return;
        }
        Question question = queue.remove();
        current = question;
        Cancellable timer = scheduler.after(question.limit, lane, () -> silent(question));
        CompletionStage<Object> answer = question.answer;
        answer.whenComplete((value, failure) -> timer.cancel());
        if (inStep) {
            put(question, there);
        } else {
            token = random.nextLong(1, Long.MAX_VALUE);
            Map<String, Object> agreement = new LinkedHashMap<>();
            agreement.put("execute", "guest-sync-delimited");
            agreement.put("arguments", Collections.singletonMap("id", token));
            byte[] sync = withEnd(Json.write(agreement));
            byte[] delimited = new byte[sync.length + 1];
            delimited[0] = DELIMITER; // ends whatever the agent has heard in part
            System.arraycopy(sync, 0, delimited, 1, sync.length);
            there.send(delimited);
        }
    }

    /** With the lock. */
    private void put(Question question, Link there) {
        there.send(question.line);
        if (question.answerless) {
            inStep = false; // an error, if there is one, is dropped by the next agreement
            end(question, Collections.emptyMap(), null);
        }
    }

    private void silent(Question question) {
        synchronized (queue) {
            if (current == question) {
                inStep = false;
                String message = question.command + ": the guest agent did not answer within "
                        + question.limit.toMillis() + " ms; is qemu-guest-agent running in the guest?";
                end(question, null, new GuestAgentException(message, false));
            }
        }
    }

    /** With the lock; whoever waits hears it without. */
    private void end(Question question, @Nullable Object value, @Nullable GuestAgentException failure) {
        current = null;
        if (failure != null) {
            lane.execute(() -> question.answer.completeExceptionally(failure));
        } else {
            lane.execute(() -> question.answer.complete(value == null ? Collections.emptyMap() : value));
        }
        begin();
    }

    /** On the loop's thread. */
    private void said(Map<String, @Nullable Object> message) {
        synchronized (queue) {
            Question question = current;
            Link there = link;
            if (question == null || there == null) {
                return;
            }
            if (!inStep) {
                if (Long.valueOf(token).equals(message.get("return"))) {
                    inStep = true;
                    put(question, there);
                }
            } else if (message.get("error") instanceof Map<?, ?> error) {
                end(question, null, new GuestAgentException(question.command + ": " + error.get("desc"), true));
            } else if (message.containsKey("return")) {
                end(question, message.get("return"), null);
            }
        }
    }

    private void ended(String because) {
        List<Question> left;
        synchronized (queue) {
            lost = because;
            left = new java.util.ArrayList<>(queue);
            queue.clear();
            if (current != null) {
                left.add(0, current);
                current = null;
            }
        }
        lane.execute(() -> left.forEach(question -> question.answer.completeExceptionally(
                new GuestAgentException(question.command + ": " + because, false))));
    }

    private static byte[] withEnd(byte[] line) {
        return (new String(line, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private final class Reader implements Receiver {
        private Lines lines = new Lines(LONGEST_LINE, this::line);

        @Override
        public void received(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                int delimiter = lastDelimiter(bytes);
                if (delimiter < 0) {
                    lines.take(bytes);
                } else {
                    bytes.position(delimiter + 1); // what was before is nobody's
                    lines = new Lines(LONGEST_LINE, this::line);
                }
            }
        }

        /** 0xff is in no UTF-8, so wherever it is it is a delimiter. */
        private int lastDelimiter(ByteBuffer bytes) {
            for (int at = bytes.limit() - 1; at >= bytes.position(); at--) {
                if (bytes.get(at) == DELIMITER) {
                    return at;
                }
            }
            return -1;
        }

        private void line(byte[] line) {
            Map<String, @Nullable Object> message;
            try {
                message = Json.read(line);
            } catch (IllegalArgumentException e) {
                return; // half a line from before, or a guest that plays tricks: the timer ends it
            }
            said(message);
        }

        @Override
        public void closed(@Nullable String because) {
            ended(because == null ? "closed" : because);
        }
    }
}
