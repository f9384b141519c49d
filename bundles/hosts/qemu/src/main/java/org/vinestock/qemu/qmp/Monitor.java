package org.vinestock.qemu.qmp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vinestock.qemu.wire.Lines;
import org.vinestock.qemu.wire.Link;
import org.vinestock.qemu.wire.Receiver;
import org.vinestock.qemu.wire.SocketLoop;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * A connection to a QEMU process. A socket of QEMU's takes one at a time, and a second one waits for the first to leave: so
 * commands and events have a socket each.
 *
 * <p><b>Calls.</b> From any thread, never blocks. Stages complete on the socket's thread, events come there too: continue
 * on a lane. Commands are sent in the order of the calls, and QEMU carries them out in that order.
 *
 * <p><b>Failure.</b> {@link QmpException} if QEMU refuses; {@link MonitorLostException} if it is gone, says what is not
 * QMP, or does not answer in time. A monitor that was silent once stays usable: a late answer is dropped.
 */
public final class Monitor {
    /** {@code query-qmp-schema}, the longest answer, has some 200 kB. */
    private static final int LONGEST_LINE = 16 << 20;

    private static final Duration GREETING = Duration.ofSeconds(10);

    private final Path socket;
    private final Consumer<QmpEvent> events;
    private final Scheduler scheduler;
    private final Lane timers;
    private final CompletableFuture<Monitor> ready = new CompletableFuture<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();

    /** Guarded by itself, as are the next two. */
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

    private long lastId;
    private @Nullable Link link;

    private volatile QemuVersion version = new QemuVersion(0, 0, 0);

    private Monitor(Path socket, Consumer<QmpEvent> events, Scheduler scheduler) {
        this.socket = socket;
        this.events = events;
        this.scheduler = scheduler;
        this.timers = scheduler.lane("qmp");
    }

    /** A command under way. */
    private record Waiting(String command, CompletableFuture<Object> answer, Cancellable timer) {}

    /** Connects, reads the greeting and leaves the negotiation of capabilities: ready for commands. */
    public static CompletionStage<Monitor> connect(
            SocketLoop loop, Path socket, Scheduler scheduler, Consumer<QmpEvent> events) {
        Monitor monitor = new Monitor(socket, events, scheduler);
        Cancellable timer = scheduler.after(
                GREETING, monitor.timers, () -> monitor.end("it did not greet within " + GREETING.toSeconds() + " s"));
        CompletionStage<Monitor> ready = monitor.ready;
        ready.whenComplete((done, failure) -> timer.cancel());
        loop.connect(socket, monitor.new Reader()).whenComplete((made, failure) -> {
            if (failure != null) {
                monitor.end(String.valueOf(failure.getMessage()));
            } else {
                monitor.linked(made);
            }
        });
        return ready;
    }

    /** What QEMU greeted with. */
    public QemuVersion version() {
        return version;
    }

    /** Completes, with the reason, when no more can be asked or heard. */
    public CompletionStage<String> lost() {
        return lost;
    }

    /** Asks something without arguments. */
    public CompletionStage<Object> execute(String command, Duration limit) {
        return execute(command, Collections.emptyMap(), limit);
    }

    /**
     * Asks something; completes with what QEMU returned: a map, a list, a value, as in {@link Json}.
     *
     * @param arguments values as in {@link Json}; copied at once
     */
    public CompletionStage<Object> execute(String command, Map<String, ?> arguments, Duration limit) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        synchronized (waiting) {
            long id = ++lastId;
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("execute", command);
            if (!arguments.isEmpty()) {
                request.put("arguments", arguments);
            }
            request.put("id", id);
            byte[] line = Json.write(request);
            Link there = link;
            if (there == null || lost.isDone()) {
                answer.completeExceptionally(new MonitorLostException(command + ": " + socket + " is not connected"));
                return answer;
            }
            Cancellable timer = scheduler.after(limit, timers, () -> silent(id, limit));
            waiting.put(id, new Waiting(command, answer, timer));
            there.send(withEnd(line)); // inside, so that ids and lines have one order
        }
        return answer;
    }

    /** Disconnects; QEMU runs on. What is under way fails. */
    public void close() {
        end("closed");
    }

    private void linked(Link made) {
        boolean late;
        synchronized (waiting) {
            link = made;
            late = lost.isDone();
        }
        if (late) {
            made.close();
        }
    }

    private void silent(long id, Duration limit) {
        Waiting late;
        synchronized (waiting) {
            late = waiting.remove(id);
        }
        if (late != null) {
            late.answer.completeExceptionally(new MonitorLostException(
                    late.command + ": " + socket + " did not answer within " + limit.toMillis() + " ms"));
        }
    }

    private void end(String because) {
        if (!lost.complete(because)) {
            return;
        }
        List<Waiting> left;
        Link there;
        synchronized (waiting) {
            left = List.copyOf(waiting.values());
            waiting.clear();
            there = link;
        }
        if (there != null) {
            there.close();
        }
        ready.completeExceptionally(new MonitorLostException(socket + ": " + because));
        for (Waiting each : left) {
            each.timer.cancel();
            each.answer.completeExceptionally(new MonitorLostException(each.command + ": " + socket + ": " + because));
        }
    }

    private static byte[] withEnd(byte[] line) {
        byte[] ended = new byte[line.length + 1];
        System.arraycopy(line, 0, ended, 0, line.length);
        ended[line.length] = '\n';
        return ended;
    }

    /** On the loop's thread. */
    private void message(Map<String, @Nullable Object> message) {
        if (message.get("event") instanceof String name) {
            events.accept(new QmpEvent(name, object(message.get("data")), at(object(message.get("timestamp")))));
        } else if (message.containsKey("QMP")) {
            greeted(object(message.get("QMP")));
        } else if (message.containsKey("return") || message.containsKey("error")) {
            answered(message);
        }
        // Whatever else a later QEMU may say is not for us.
    }

    private void greeted(Map<String, @Nullable Object> greeting) {
        Map<String, @Nullable Object> qemu =
                object(object(greeting.get("version")).get("qemu"));
        version = new QemuVersion(number(qemu.get("major")), number(qemu.get("minor")), number(qemu.get("micro")));
        execute("qmp_capabilities", GREETING).whenComplete((done, failure) -> {
            if (failure != null) {
                end(String.valueOf(failure.getMessage()));
            } else {
                ready.complete(this);
            }
        });
    }

    private void answered(Map<String, @Nullable Object> message) {
        Waiting asked = null;
        if (message.get("id") instanceof Long id) {
            synchronized (waiting) {
                asked = waiting.remove(id);
            }
        }
        if (asked == null) {
            if (!message.containsKey("id") && message.containsKey("error")) {
                end("it could not read what was sent: "
                        + object(message.get("error")).get("desc"));
            }
            return; // an answer that came too late
        }
        asked.timer.cancel();
        if (message.containsKey("error")) {
            Map<String, @Nullable Object> error = object(message.get("error"));
            asked.answer.completeExceptionally(new QmpException(
                    asked.command, QmpErrorClass.of(text(error.get("class"))), text(error.get("desc"))));
        } else {
            Object value = message.get("return");
            asked.answer.complete(value == null ? Collections.emptyMap() : value);
        }
    }

    private static Instant at(Map<String, @Nullable Object> timestamp) {
        long seconds = timestamp.get("seconds") instanceof Long known ? known : 0;
        return Instant.ofEpochSecond(
                Math.max(0, Math.min(seconds, Instant.MAX.getEpochSecond())),
                number(timestamp.get("microseconds")) * 1_000L);
    }

    @SuppressWarnings("unchecked") // Json makes no other maps
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : Collections.emptyMap();
    }

    private static int number(@Nullable Object value) {
        return value instanceof Long number ? Math.toIntExact(Math.max(0, Math.min(number, Integer.MAX_VALUE))) : 0;
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private final class Reader implements Receiver {
        private final Lines lines = new Lines(LONGEST_LINE, this::line);

        @Override
        public void received(ByteBuffer bytes) {
            lines.take(bytes);
        }

        private void line(byte[] line) {
            try {
                message(Json.read(line));
            } catch (IllegalArgumentException e) {
                String start = new String(line, 0, Math.min(line.length, 40), StandardCharsets.UTF_8);
                throw new IllegalArgumentException("it said \"" + start + "\", which is " + e.getMessage(), e);
            }
        }

        @Override
        public void closed(@Nullable String because) {
            end(because == null ? "closed" : because);
        }
    }
}
