package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who gives orders, on a thread of its own.
 *
 * <p>First the process says who it is and which versions of this protocol it speaks: {@code {"process": "vinestock-block",
 * "versions": [1]}}. The other side chooses one and shows its epoch: {@code {"version": 1, "epoch": 7, "holder": "host-1"}}.
 * The answer is {@code {"version": 1}}, or an error and the end. Then each request has a number and gets one answer:
 * {@code {"id": 3, "request": "list"}}, {@code {"id": 3, "ok": ...}} or {@code {"id": 3, "error": "CODE", "message": ...}}.
 *
 * <ul>
 *   <li>{@code list}: what is served; one that could not be opened has a {@code problem}
 *   <li>{@code serve} with {@code name, format, chain, writable}: acknowledged when it is journaled and served
 *   <li>{@code withdraw} with {@code name}: acknowledged when nobody uses it any more and all is durable
 *   <li>{@code stats}: memory, clients, traffic
 *   <li>{@code watch} with {@code millis}: from now on {@code {"event": "traffic", "exports": ...}} so often
 *   <li>{@code advise} with {@code name, offset, length}: will be read soon; acknowledged when it is queued
 *   <li>{@code drain}: closes all, acknowledges, and ends the process; the next one in this folder serves the same
 * </ul>
 *
 * <p>Whoever showed an epoch older than the newest one seen is refused from then on, whatever is asked.
 */
final class Session implements Runnable {
    static final String NAME = "vinestock-block";

    /** The newest version of this protocol, and the one before, once there is one. */
    static final List<Long> VERSIONS = List.of(1L);

    private final BlockProcess process;
    private final Frames frames;
    private long epoch = -1;

    Session(BlockProcess process, Frames frames) {
        this.process = process;
        this.frames = frames;
    }

    @Override
    public void run() {
        try (frames) {
            if (hello()) {
                while (answerNext()) {
                    // The next one.
                }
            }
        } catch (IOException e) {
            process.log("a session ended: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hello() throws IOException {
        frames.send(Map.of(
                "process",
                NAME,
                "versions",
                VERSIONS,
                "pid",
                ProcessHandle.current().pid()));
        Optional<Map<String, @Nullable Object>> answer = frames.receive();
        if (answer.isEmpty()) {
            return false;
        }
        try {
            Message message = new Message(answer.get());
            long version = message.number("version");
            if (!VERSIONS.contains(version)) {
                throw new RefusedException(
                        "UNKNOWN_VERSION", "version " + version + " is not spoken here: " + VERSIONS);
            }
            process.disks().take(message.number("epoch"), message.text("holder"));
            epoch = message.number("epoch");
            frames.send(Map.of("version", version));
            return true;
        } catch (RefusedException e) {
            frames.send(Map.of("error", e.code(), "message", String.valueOf(e.getMessage())));
            return false;
        }
    }

    private boolean answerNext() throws IOException, InterruptedException {
        Optional<Map<String, @Nullable Object>> received = frames.receive();
        if (received.isEmpty()) {
            return false;
        }
        Message message = new Message(received.get());
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("id", received.get().get("id"));
        String request = "";
        try {
            request = message.text("request");
            answer.put("ok", carryOut(request, message));
        } catch (RefusedException e) {
            request = "";
            answer.put("error", e.code());
            answer.put("message", e.getMessage());
        } catch (IOException e) {
            process.log(request + " failed: " + e);
            request = "";
            answer.put("error", "FAILED");
            answer.put("message", String.valueOf(e));
        }
        frames.send(answer);
        if (request.equals("drain")) {
            process.end();
        }
        return true;
    }

    private @Nullable Object carryOut(String request, Message message)
            throws RefusedException, IOException, InterruptedException {
        Disks disks = process.disks();
        switch (request) {
            case "serve" -> disks.serve(epoch, DiskSpec.of(message));
            case "withdraw" -> disks.withdraw(epoch, message.text("name"));
            case "drain" -> disks.drain(epoch);
            case "watch" -> {
                disks.take(epoch, "");
                process.watch(frames, Math.max(100, message.number("millis")));
            }
            case "advise" -> {
                disks.take(epoch, "");
                process.advice()
                        .add(disks.device(message.text("name")), message.number("offset"), message.number("length"));
            }
            case "list" -> {
                disks.take(epoch, "");
                return disks.list();
            }
            case "stats" -> {
                disks.take(epoch, "");
                return process.stats();
            }
            default -> throw new RefusedException("UNKNOWN_REQUEST", "'" + request + "' is not known here");
        }
        return true;
    }
}
