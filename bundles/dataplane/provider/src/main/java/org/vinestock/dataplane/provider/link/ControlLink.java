package org.vinestock.dataplane.provider.link;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.dataplane.DataPlaneError;
import org.vinestock.dataplane.engine.process.Frames;
import org.vinestock.dataplane.engine.process.Launch;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * The connection to the process that serves this machine's disks. It starts the process if none runs, finds it again after
 * it died, and replaces one that another version of the product has started: that one hands over what it serves, and clients
 * notice a pause.
 *
 * <p>It shows an epoch one newer than any that the process has seen when this link first meets it, and keeps that: whoever
 * comes later gives the orders, and the former one is refused from then on ({@code STALE_EPOCH}), at once and by name.
 *
 * <p><b>Threads.</b> One that connects and hears, one that sends. {@link #ask} is for any thread and never waits.
 */
public final class ControlLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlLink.class);
    private static final List<Long> SPOKEN = List.of(2L, 1L);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final String STALE = "STALE_EPOCH";
    private static final long RETRY_MILLIS = 20;
    private static final long SLOW_RETRY_MILLIS = 500;

    /** After so many tries without an answer people are told, it is started again, and it is tried more seldom. */
    private static final int TRIES = 250;

    private final Path folder;
    private final Launch launch;
    private final String product;
    private final String holder;
    private final Scheduler scheduler;
    private final Lane lane;
    private final AtomicLong ids = new AtomicLong();
    private final ConcurrentSkipListMap<Long, Call> calls = new ConcurrentSkipListMap<>();
    private final Thread thread;
    private final ExecutorService sender;
    private volatile @Nullable Frames frames;
    private volatile String problem = "it is being looked for";
    private volatile String runs = "";
    private volatile String superseded = "";
    private volatile boolean closed;
    private long epoch = -1; // of the thread that connects
    private boolean accepted; // of the thread that connects

    /** Nobody listens. */
    private static final class NobodyException extends IOException {
        private static final long serialVersionUID = 1;

        NobodyException(IOException cause) {
            super("nobody listens on its socket: " + cause.getMessage(), cause);
        }
    }

    /** Something asked. */
    private static final class Call {
        final Map<String, @Nullable Object> message;
        final Watcher watcher;
        final CompletableFuture<Object> answer = new CompletableFuture<>();
        volatile @Nullable Frames sentOn;
        volatile long done;
        volatile long of;

        Call(Map<String, @Nullable Object> message, Watcher watcher) {
            this.message = message;
            this.watcher = watcher;
        }
    }

    /**
     * Connects, soon.
     *
     * @param folder of the process
     * @param jars what it is started from
     * @param product the version of this product; a process of another one, or of other code, is replaced
     * @param holder who gives the orders, for people
     */
    public ControlLink(Path folder, Jars jars, String product, String holder, Scheduler scheduler) throws IOException {
        this.folder = folder;
        List<Path> code = jars.in(folder.resolve("code"));
        this.product = product + "-" + Digests.of(code);
        this.holder = holder;
        this.scheduler = scheduler;
        this.lane = scheduler.lane("dataplane.link");
        this.launch = new Launch(folder, code, this.product);
        this.sender = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "vinestock-dataplane-send");
            made.setDaemon(true);
            return made;
        });
        this.thread = new Thread(this::run, "vinestock-dataplane-link");
        thread.setDaemon(true);
        thread.start();
    }

    /** Path of the socket on which guests find their disks. */
    public String nbdSocket() {
        return launch.nbdSocket().toString();
    }

    /** Why the process cannot be reached; empty if it can. */
    public String problem() {
        return problem;
    }

    /** Which version of the product the process is of. */
    public String runs() {
        return runs;
    }

    /**
     * Asks the process; the answer comes on the link's thread. What is asked while it cannot be reached waits a while for it.
     *
     * @return what was answered, or a {@code VinestockException} with a {@link DataPlaneError}, or an {@code
     *     IllegalArgumentException}
     */
    public CompletionStage<Object> ask(
            String request, Map<String, ? extends @Nullable Object> fields, Watcher watcher) {
        long id = ids.incrementAndGet();
        Map<String, @Nullable Object> message = new LinkedHashMap<>(fields);
        message.put("id", id);
        message.put("request", request);
        Call call = new Call(message, watcher);
        calls.put(id, call);
        if (closed) {
            fail(id, call, unreachable("it is not asked any more"));
            return call.answer;
        }
        if (!superseded.isEmpty()) {
            fail(id, call, failure(STALE, superseded));
            return call.answer;
        }
        Frames now = frames;
        if (now != null) {
            send(id, call, now);
        }
        scheduler.after(PATIENCE, lane, () -> {
            if (call.sentOn == null) {
                fail(id, call, unreachable(problem));
            }
        });
        if (watcher != Watcher.NOBODY) {
            watch(id, call);
        }
        return call.answer;
    }

    /** Lets the process end, having handed over; the one that follows is of this version. Done when it is connected. */
    public CompletionStage<String> restart() {
        return ask("drain", Map.of(), Watcher.NOBODY)
                .thenCompose(drained -> ask("list", Map.of(), Watcher.NOBODY))
                .thenApply(list -> runs);
    }

    /** Whether somebody still wants it is asked again and again. */
    private void watch(long id, Call call) {
        scheduler.after(LOOK, lane, () -> {
            if (call.answer.isDone()) {
                return;
            }
            Frames on = call.sentOn;
            if (!call.watcher.goesOn(call.done, call.of) && on != null) {
                Map<String, @Nullable Object> cancel = new LinkedHashMap<>();
                cancel.put("id", ids.incrementAndGet());
                cancel.put("request", "cancel");
                cancel.put("work", id);
                submit(on, cancel);
            }
            watch(id, call);
        });
    }

    private void send(long id, Call call, Frames on) {
        synchronized (call) { // by whoever asked, or whoever connected
            if (call.sentOn != null) {
                return;
            }
            call.sentOn = on;
        }
        if (!submit(on, call.message)) {
            fail(id, call, unreachable("it is not asked any more"));
        }
    }

    private boolean submit(Frames on, Map<String, ? extends @Nullable Object> message) {
        try {
            sender.execute(() -> {
                try {
                    on.send(message);
                } catch (IOException e) {
                    shut(on); // whoever hears notices, and fails what was asked
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void fail(long id, Call call, RuntimeException because) {
        calls.remove(id);
        call.answer.completeExceptionally(because);
    }

    private VinestockException unreachable(String because) {
        return new VinestockException(
                DataPlaneError.PLANE_UNREACHABLE, "the process that serves disks from " + folder + ": " + because);
    }

    // The thread that connects and hears.

    private void run() {
        int tries = 0;
        while (!closed) {
            try {
                Frames made = connect();
                tries = 0;
                hear(made);
            } catch (IOException e) {
                if (problem.isEmpty() || tries == TRIES) {
                    LOG.warn("the process that serves disks from {} cannot be reached: {}", folder, e.getMessage());
                }
                problem = String.valueOf(e.getMessage());
                tries++;
                if (e instanceof NobodyException && (tries == 1 || tries % TRIES == 0)) {
                    start();
                }
                if (!superseded.isEmpty()) {
                    calls.forEach((id, call) -> fail(id, call, failure(STALE, superseded)));
                }
            }
            pause(tries < TRIES && superseded.isEmpty() ? RETRY_MILLIS : SLOW_RETRY_MILLIS);
        }
    }

    private void start() {
        try {
            launch.start(); // one that serves from the folder already goes on, and this one ends
        } catch (IOException e) {
            problem = "it cannot be started: " + e.getMessage();
            LOG.error("the process that serves disks from {} cannot be started", folder, e);
        }
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Frames connect() throws IOException {
        SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listening(socket);
            Frames made = new Frames(socket);
            Map<String, @Nullable Object> greeting = made.receive().orElseThrow(() -> new IOException("it hung up"));
            greet(made, greeting);
            if (!product.equals(greeting.get("product"))) {
                replace(made, String.valueOf(greeting.get("product")));
                throw new IOException("it makes room for version " + product);
            }
            runs = product;
            return made;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void listening(SocketChannel socket) throws IOException {
        try {
            socket.connect(UnixDomainSocketAddress.of(launch.controlSocket()));
        } catch (IOException e) {
            throw new NobodyException(e);
        }
    }

    private void greet(Frames made, Map<String, @Nullable Object> greeting) throws IOException {
        Object versions = greeting.get("versions");
        Optional<Long> version = SPOKEN.stream()
                .filter(each -> versions instanceof List<?> list && list.contains(each))
                .findFirst();
        if (version.isEmpty()) {
            throw new IOException("it speaks versions " + versions + ", this is " + SPOKEN);
        }
        long seen = greeting.get("epoch") instanceof Long number ? number : 0;
        if (epoch < 0) {
            epoch = seen + 1;
        }
        made.send(Map.of("version", version.get(), "epoch", epoch, "holder", holder));
        Map<String, @Nullable Object> answer = made.receive().orElseThrow(() -> new IOException("it hung up"));
        String words = String.valueOf(answer.get("message"));
        if (STALE.equals(answer.get("error")) && accepted) {
            superseded = words;
        } else if (STALE.equals(answer.get("error"))) {
            epoch = -1; // somebody came at the same time, and was the first
        }
        if (answer.get("error") != null) {
            throw new IOException(answer.get("error") + ": " + words);
        }
        accepted = true;
        superseded = "";
    }

    /** Lets a process of another version hand over, and starts one of this. */
    private void replace(Frames made, String other) throws IOException {
        LOG.info(
                "the process that serves disks from {} is of version {}; it makes room for {}", folder, other, product);
        List<String> prepared = launch.prepare();
        made.send(Map.of("id", 0L, "request", "drain"));
        made.receive();
        launch.start(prepared);
    }

    private void hear(Frames made) throws IOException {
        frames = made;
        problem = "";
        LOG.info("connected to the process that serves disks from {}", folder);
        calls.forEach((id, call) -> {
            if (call.sentOn == null) {
                send(id, call, made);
            }
        });
        try {
            Optional<Map<String, @Nullable Object>> message = made.receive();
            while (message.isPresent()) {
                heard(message.get());
                message = made.receive();
            }
            problem = "it hung up";
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        } finally {
            frames = null;
            shut(made);
            List<Long> lost = new ArrayList<>();
            calls.forEach((id, call) -> {
                if (call.sentOn == made) {
                    lost.add(id);
                }
            });
            for (Long id : lost) {
                Call call = calls.get(id);
                if (call != null && "drain".equals(call.message.get("request"))) {
                    calls.remove(id);
                    call.answer.complete(true); // it ended, as it was asked to
                } else if (call != null) {
                    fail(id, call, unreachable("it ended, or the connection did, before it answered"));
                }
            }
        }
    }

    private void heard(Map<String, @Nullable Object> message) {
        if (!(message.get("id") instanceof Long id)) {
            return;
        }
        Call call = calls.get(id);
        if (call == null) {
            return;
        }
        if ("progress".equals(message.get("event"))) {
            call.of = message.get("of") instanceof Long of ? of : 0;
            call.done = message.get("done") instanceof Long done ? done : 0;
            return;
        }
        Object error = message.get("error");
        if ("DRAINED".equals(error)) { // it is ending, and did nothing of it: the next process is asked
            frames = null;
            synchronized (call) {
                call.sentOn = null;
            }
            return;
        }
        calls.remove(id);
        if (error == null && "drain".equals(call.message.get("request"))) {
            frames = null; // what is asked from here on is for the next process
        }
        if (error == null) {
            Object ok = message.get("ok");
            call.answer.complete(ok == null ? true : ok);
        } else {
            call.answer.completeExceptionally(failure(String.valueOf(error), String.valueOf(message.get("message"))));
        }
    }

    private static RuntimeException failure(String code, String words) {
        return switch (code) {
            case "INVALID", "UNKNOWN_REQUEST" -> new IllegalArgumentException(words);
            case STALE -> new VinestockException(DataPlaneError.STALE_EPOCH, words);
            case "CANNOT_OPEN", "UNKNOWN_FORMAT", "NOT_SERVED" ->
                new VinestockException(DataPlaneError.BAD_IMAGE, words);
            case "EXISTS" -> new VinestockException(DataPlaneError.EXISTS, words);
            case "IN_USE" -> new VinestockException(DataPlaneError.IN_USE, words);
            case "NO_ROOM" -> new VinestockException(DataPlaneError.NO_ROOM, words);
            case "CANCELLED" -> new VinestockException(DataPlaneError.CANCELLED, words);
            default -> new VinestockException(DataPlaneError.IO_FAILED, words);
        };
    }

    private static void shut(Frames frames) {
        try {
            frames.close();
        } catch (IOException e) {
            LOG.debug("a connection was not closed", e);
        }
    }

    /** Lets go of the process, which serves on. */
    @Override
    public void close() {
        closed = true;
        Frames now = frames;
        if (now != null) {
            shut(now);
        }
        thread.interrupt();
        sender.shutdown();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        calls.forEach((id, call) -> fail(id, call, unreachable("it is not asked any more")));
    }
}
