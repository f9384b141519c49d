package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
 * <p>In version 2 there is work on images, too: {@code image.info}, {@code chain}, {@code create}, {@code write}, {@code
 * overlay}, {@code copy}, {@code compare}, {@code check}, {@code map}, {@code resize} and {@code delete}. It is done beside
 * other requests, a few at a time; {@code {"event": "progress", "id": 3, "done": ..., "of": ...}} comes meanwhile, and {@code
 * cancel} with {@code work} ends it. It ends with its session.
 *
 * <p>Whoever showed an epoch older than the newest one seen is refused from then on, whatever is asked.
 */
final class Session implements Runnable {
    static final String NAME = "vinestock-block";

    /** The newest version of this protocol, and the one before. */
    static final List<Long> VERSIONS = List.of(1L, 2L);

    private final BlockProcess process;
    private final Frames frames;
    private final ConcurrentHashMap<Long, Work> works = new ConcurrentHashMap<>();
    private long epoch = -1;
    private long version;

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
        } finally {
            works.values().forEach(Work::cancel);
        }
    }

    private boolean hello() throws IOException {
        frames.send(Map.of(
                "process", NAME,
                "versions", VERSIONS,
                "product", process.product(),
                "epoch", process.disks().epoch(),
                "pid", ProcessHandle.current().pid()));
        Optional<Map<String, @Nullable Object>> answer = frames.receive();
        if (answer.isEmpty()) {
            return false;
        }
        try {
            Message message = new Message(answer.get());
            version = message.number("version");
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
            if (version >= 2 && request.startsWith("image.")) {
                begin(request, message);
                return true;
            }
            answer.put("ok", carryOut(request, message));
        } catch (RefusedException | IOException e) {
            refuse(request, e, answer);
            request = "";
        }
        frames.send(answer);
        if (request.equals("drain")) {
            process.end();
        }
        return true;
    }

    private void refuse(String request, Exception e, Map<String, @Nullable Object> answer) {
        if (e instanceof RefusedException refused) {
            answer.put("error", refused.code());
            answer.put("message", refused.getMessage());
            return;
        }
        process.log(request + " failed: " + e);
        String words = String.valueOf(e.getMessage());
        boolean full = words.contains("No space left") || words.contains("NO_SPACE");
        answer.put("error", full ? "NO_ROOM" : "FAILED");
        answer.put("message", full ? "there is no room left on the disk" : String.valueOf(e));
    }

    /** Begins work on an image, which answers when it is done. */
    private void begin(String request, Message message) throws RefusedException, IOException {
        process.disks().take(epoch, "");
        long id = message.number("id");
        if (!process.works().tryAcquire()) {
            throw new RefusedException("TOO_MUCH", "other images are being worked on; ask again when one is done");
        }
        Work work = new Work(id, this::tell);
        works.put(id, work);
        BlockProcess.start("vinestock-block-work", () -> {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("id", id);
            try {
                answer.put("ok", process.images().carryOut(request, message, work));
            } catch (RefusedException | IOException e) {
                refuse(request, e, answer);
            } catch (RuntimeException e) {
                process.log(request + " failed: " + e);
                answer.put("error", "FAILED");
                answer.put("message", String.valueOf(e));
            } finally {
                works.remove(id);
                process.works().release();
            }
            tell(answer);
        });
    }

    /** Says something to whoever may be gone; then nobody wants to know. */
    private void tell(Map<String, ? extends @Nullable Object> message) {
        try {
            frames.send(message);
        } catch (IOException e) {
            works.values().forEach(Work::cancel);
        }
    }

    private @Nullable Object carryOut(String request, Message message)
            throws RefusedException, IOException, InterruptedException {
        Disks disks = process.disks();
        switch (request) {
            case "serve" -> disks.serve(epoch, DiskSpec.of(message));
            case "withdraw" -> disks.withdraw(epoch, message.text("name"));
            case "drain" -> disks.drain(epoch);
            case "cancel" -> {
                Work work = works.get(message.number("work"));
                if (work != null) {
                    work.cancel();
                }
            }
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
