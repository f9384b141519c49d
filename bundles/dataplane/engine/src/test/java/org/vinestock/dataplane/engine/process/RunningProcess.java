package org.vinestock.dataplane.engine.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.vinestock.dataplane.engine.nbd.NbdServer;

/** A real block process in a folder of its own. */
final class RunningProcess {
    private static final long LAST_EPOCH = 1_000_000;

    final Path folder;
    final Launch launch;

    RunningProcess() throws Exception {
        // Paths of sockets are short, those of test folders are not.
        folder = Files.createTempDirectory("blk");
        launch = launch("1");
        launch.start();
    }

    /** One that would serve from the same folder. */
    Launch launch(String product) throws Exception {
        return new Launch(
                folder,
                List.of(
                        place(NbdServer.class),
                        place(com.sun.jna.Native.class),
                        place(com.github.luben.zstd.Zstd.class)),
                product);
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    static void awaitEnd(long pid) throws Exception {
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(20, TimeUnit.SECONDS);
        }
    }

    /** Hands over to nobody, and is gone. */
    void end() throws Exception {
        try (Control control = connect(2, LAST_EPOCH)) {
            control.ask("drain", Map.of());
        }
        awaitEnd(Long.parseLong(
                Files.readString(folder.resolve("supervisor.pid")).strip()));
    }

    /** Somebody who gives orders. */
    static final class Control implements AutoCloseable {
        final Frames frames;
        String product = "";
        long pid;
        private long id;

        Control(Frames frames) {
            this.frames = frames;
        }

        Map<String, Object> hello(long version, long epoch, String holder) throws IOException {
            Map<String, Object> greeting = receive();
            pid = (Long) greeting.get("pid");
            product = String.valueOf(greeting.get("product"));
            frames.send(Map.of("version", version, "epoch", epoch, "holder", holder));
            return receive();
        }

        Map<String, Object> receive() throws IOException {
            return frames.receive().orElseThrow();
        }

        /** The number of what was asked. */
        long send(String request, Map<String, Object> fields) throws IOException {
            Map<String, Object> message = new LinkedHashMap<>(fields);
            message.put("id", ++id);
            message.put("request", request);
            frames.send(message);
            return id;
        }

        Map<String, Object> ask(String request, Map<String, Object> fields) throws IOException {
            return answer(send(request, fields));
        }

        /** What is answered to a question; news of other questions are not heard. */
        Map<String, Object> answer(long asked) throws IOException {
            Map<String, Object> answer = receive();
            while (answer.containsKey("event") || !answer.get("id").equals(asked)) {
                answer = receive();
            }
            return answer;
        }

        /** What is answered at last. */
        Object ok(String request, Map<String, Object> fields) throws IOException {
            Map<String, Object> answer = ask(request, fields);
            assertEquals(null, answer.get("error"), answer::toString);
            return answer.get("ok");
        }

        /** The words with which it is refused. */
        String refused(String code, String request, Map<String, Object> fields) throws IOException {
            Map<String, Object> answer = ask(request, fields);
            assertEquals(code, answer.get("error"), answer::toString);
            return String.valueOf(answer.get("message"));
        }

        @Override
        public void close() throws IOException {
            frames.close();
        }
    }

    /** Connects as soon as somebody listens. */
    Frames open() throws IOException {
        for (int i = 0; ; i++) {
            SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                socket.connect(UnixDomainSocketAddress.of(launch.controlSocket()));
                return new Frames(socket);
            } catch (IOException e) {
                socket.close();
                if (i > 1000) {
                    throw e;
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /** Greets with an epoch that somebody of this name has; a process that is ending may let go meanwhile: the next is met. */
    Control connect(long version, long epoch) throws IOException {
        for (int i = 0; ; i++) {
            try {
                Control control = new Control(open());
                assertEquals(Map.of("version", version), control.hello(version, epoch, "holder-" + epoch));
                return control;
            } catch (IOException | NoSuchElementException e) {
                if (i > 100) {
                    throw e;
                }
                LockSupport.parkNanos(20_000_000);
            }
        }
    }
}
