package org.vinestock.dataplane.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vinestock.dataplane.engine.block.Status;

@Timeout(60)
class TransmissionTest {
    private static final int EPERM = 1;
    private static final int EIO = 5;
    private static final int EINVAL = 22;
    private static final int ENOSPC = 28;
    private static final int EOVERFLOW = 75;
    private static final int ENOTSUP = 95;
    private static final int SIZE = 4 << 20;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private MemoryDevice device(String how) {
        return switch (how) {
            case "inline" -> new MemoryDevice(SIZE, Runnable::run);
            case "later" -> new MemoryDevice(SIZE, threads);
            default ->
                new MemoryDevice(SIZE, work -> {
                    if (ThreadLocalRandom.current().nextBoolean()) {
                        work.run();
                    } else {
                        threads.execute(work);
                    }
                });
        };
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"inline,true", "inline,false", "later,true", "later,false", "mixed,true", "mixed,false"})
    void manyRequestsInFlightReadWhatWasWritten(String how, boolean structured) throws Exception {
        try (Serving serving = new Serving(device(how));
                RawClient client = RawClient.ready(serving.socket, "disk", structured)) {
            new RandomRequests(client, SIZE, System.nanoTime()).run(3000);
        }
    }

    @ParameterizedTest
    @CsvSource({"inline,true", "inline,false", "mixed,true", "mixed,false"})
    void longRequestsGoThroughInPieces(String how, boolean structured) throws IOException {
        MemoryDevice device = device(how);
        try (Serving serving = new Serving(device);
                RawClient client = RawClient.ready(serving.socket, "disk", structured)) {
            byte[] data = random(3_333_333, 1);
            assertEquals(0, client.write(777, data).error());
            RawClient.Reply reply = client.call(0, 0, 777, data.length);
            assertArrayEquals(data, reply.data());
            assertTrue(structured ? reply.chunks() > 1 : reply.chunks() == 1);
            assertArrayEquals(data, Arrays.copyOfRange(device.bytes(), 777, 777 + data.length));
            assertEquals(0, client.call(5, 0, 0, SIZE).error());
        }
    }

    @Test
    void dontFragmentIsOneChunkOrRefused() throws IOException {
        MemoryDevice device = device("inline");
        try (Serving serving = new Serving(device);
                RawClient client = RawClient.ready(serving.socket, "disk", true)) {
            assertEquals(1, client.call(0, 4, 0, 256 << 10).chunks());
            assertEquals(EOVERFLOW, client.call(0, 4, 0, (256 << 10) + 1).error());
        }
        try (Serving serving = new Serving(device);
                RawClient client = RawClient.ready(serving.socket, "disk", false)) {
            assertEquals(EINVAL, client.call(0, 4, 0, 512).error());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "later"})
    void refusesWhatCannotBeDone(String how) throws IOException {
        try (Serving serving = new Serving(device(how));
                RawClient client = RawClient.ready(serving.socket, "disk", true)) {
            assertEquals(EINVAL, client.call(0, 0, SIZE, 1).error());
            assertEquals(EINVAL, client.call(0, 0, -1, 1).error());
            assertEquals(EINVAL, client.call(0, 0, Long.MAX_VALUE, 4096).error());
            assertEquals(EINVAL, client.call(0, 0, 0, 0xffffffffL).error());
            assertEquals(ENOSPC, client.write(SIZE - 1, new byte[2]).error());
            assertEquals(ENOSPC, client.write(SIZE, random(700_000, 2)).error());
            assertEquals(ENOSPC, client.call(6, 0, SIZE, 1).error());
            assertEquals(EINVAL, client.call(4, 0, SIZE, 1).error());
            assertEquals(EINVAL, client.call(99, 0, 0, 1).error());
            assertEquals(EINVAL, client.call(0, 64, 0, 1).error());
            assertEquals(EINVAL, client.call(7, 0, 0, 512).error(), "no context was chosen");
            assertEquals(EINVAL, client.call(8, 0, 0, 512).error(), "it is not resizable");
            assertEquals(0, client.call(0, 0, 0, 0).error());
            assertEquals(0, client.write(SIZE).error());
            assertEquals(0, client.call(0, 0, 0, 512).error());
        }
    }

    @Test
    void readOnlyExportsAreNotChanged() throws IOException {
        MemoryDevice device = device("inline");
        try (Serving serving = new Serving()) {
            serving.exports.add(Export.of("ro", device, false));
            try (RawClient client = RawClient.ready(serving.socket, "ro", true)) {
                assertEquals(2, client.flags & 2);
                assertEquals(EPERM, client.write(0, (byte) 1).error());
                assertEquals(EPERM, client.call(4, 0, 0, 1).error());
                assertEquals(EPERM, client.call(6, 0, 0, 1).error());
                assertEquals(0, device.bytes()[0]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"inline,true", "inline,false", "later,true", "later,false"})
    void faultsOfTheDeviceAreTold(String how, boolean structured) throws IOException {
        MemoryDevice device = device(how);
        try (Serving serving = new Serving(device);
                RawClient client = RawClient.ready(serving.socket, "disk", structured)) {
            device.fault = (what, offset) -> Status.IO_ERROR;
            assertEquals(EIO, client.call(0, 0, 0, 512).error());
            assertEquals(EIO, client.call(0, 0, 0, 1 << 20).error());
            assertEquals(EIO, client.write(0, random(1 << 20, 3)).error());
            assertEquals(EIO, client.call(3, 0, 0, 0).error());
            device.fault = (what, offset) -> Status.NO_SPACE;
            assertEquals(ENOSPC, client.write(0, (byte) 1).error());
            device.fault = (what, offset) -> Status.NOT_SUPPORTED;
            assertEquals(ENOTSUP, client.call(6, 16, 0, 512).error());
            assertEquals(0, client.call(4, 0, 0, 512).error(), "a trim is only advice");
            device.fault = (what, offset) -> offset > 1 << 19 ? Status.IO_ERROR : Status.OK;
            if (structured) {
                assertEquals(EIO, client.call(0, 0, 0, 1 << 20).error());
                device.fault = (what, offset) -> Status.OK;
                assertEquals(0, client.call(0, 0, 0, 1 << 20).error());
            } else {
                client.send(0, 0, 1, 0, 1 << 20);
                client.out.flush();
                assertTrue(client.ended(), "behind data that was sent there is no place for an error");
            }
        }
    }

    @Test
    void blockStatusTellsHolesAndDirtyRanges() throws IOException {
        MemoryDevice device = device("mixed");
        Arrays.fill(device.bytes(), 4096, 8192, (byte) 1);
        try (Serving serving = new Serving()) {
            serving.full("disk", device, Map.of("b", new HandshakeTest.EveryOther()));
            try (RawClient client =
                    RawClient.ready(serving.socket, "disk", true, "base:allocation", "qemu:dirty-bitmap:b")) {
                String all = extents(client.call(7, 0, 0, 12288));
                assertEquals("[1,4096,3][1,4096,0][1,4096,3][2,4096,0][2,4096,1][2,4096,0]", all);
                assertEquals("[1,100,0][2,100,1]", extents(client.call(7, 8, 4096, 100)));
                assertEquals("[1,1000,3][2,1000,0]", extents(client.call(7, 8, 0, 1000)));
                RawClient.Reply many = client.call(7, 0, 0, SIZE);
                assertEquals(3 + 512, many.extents().size(), "as many extents as a reply takes");
                device.fault = (what, offset) -> Status.IO_ERROR;
                assertEquals(EIO, client.call(7, 0, 0, 512).error());
                device.fault = (what, offset) -> Status.OK;
                assertEquals(EINVAL, client.call(7, 0, 0, 0).error());
                assertEquals(EINVAL, client.call(7, 0, SIZE, 512).error());
            }
        }
    }

    private static String extents(RawClient.Reply reply) {
        StringBuilder text = new StringBuilder();
        reply.extents()
                .forEach(e ->
                        text.append('[').append(e[0] + "," + e[1] + "," + e[2]).append(']'));
        return text.toString();
    }

    @Test
    void resizesWhereThatIsAllowed() throws IOException {
        MemoryDevice device = device("inline");
        try (Serving serving = new Serving()) {
            serving.full("disk", device, Map.of());
            try (RawClient client = RawClient.ready(serving.socket, "disk", true)) {
                assertEquals(0, client.call(8, 0, 2 * SIZE, 0).error());
                assertEquals(0, client.call(0, 0, 2 * SIZE - 512, 512).error());
                assertEquals(EINVAL, client.call(8, 0, -1, 0).error());
            }
        }
    }

    @Test
    void trimsWithFuaAreDurable() throws IOException {
        MemoryDevice device = device("mixed");
        try (Serving serving = new Serving(device);
                RawClient client = RawClient.ready(serving.socket, "disk", true)) {
            assertEquals(0, client.call(4, 1, 0, 512).error());
            assertEquals(1, device.flushes.get());
            assertEquals(0, client.call(4, 0, 0, 512).error());
            assertEquals(1, device.flushes.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disconnect", "vanish", "withdraw", "close"})
    void whateverEndsAConnectionWhatWasWrittenIsDurable(String end) throws Exception {
        MemoryDevice device = device("later");
        try (Serving serving = new Serving(device)) {
            RawClient client = RawClient.ready(serving.socket, "disk", true);
            for (int i = 0; i < 20; i++) {
                client.sendWrite(0, i, 4096L * i, random(4096, i));
            }
            client.out.flush();
            for (int i = 0; i < 20; i++) {
                assertEquals(0, client.reply(0, 0, false).error());
            }
            assertTrue(device.unflushed.get() > 0);
            switch (end) {
                case "disconnect" -> {
                    client.send(2, 0, 0, 0, 0);
                    client.out.flush();
                    assertTrue(client.ended());
                }
                case "vanish" -> client.close();
                case "withdraw" -> serving.server.withdraw("disk");
                default -> serving.server.close();
            }
            while (serving.server.clients() > 0) {
                Thread.onSpinWait();
            }
            assertEquals(0, device.unflushed.get());
            client.close();
        }
    }

    @Test
    void withdrawingAnswersWhatWasTakenAndLetsClientsGo() throws Exception {
        MemoryDevice device = device("later");
        try (Serving serving = new Serving(device);
                RawClient client = RawClient.ready(serving.socket, "disk", true)) {
            for (int i = 0; i < 100; i++) {
                client.send(0, 0, i, 0, 4096);
            }
            client.out.flush();
            while (device.begun.get() < 100) {
                Thread.onSpinWait(); // what the server has not read yet is not answered
            }
            serving.server.withdraw("disk");
            assertEquals(0, serving.server.clients());
            for (int i = 0; i < 100; i++) {
                assertEquals(0, client.reply(4096, 0, true).error());
            }
            assertTrue(client.ended());
        }
    }
}
