package org.vinestock.dataplane.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.RawDevice;
import org.vinestock.dataplane.engine.medium.FaultyMedium;

/** What a client hears of a medium that fails, from the medium's words on, and that it is served on. */
@Timeout(60)
class FaultyMediumTest {
    private static final int EIO = 5;
    private static final int ENOSPC = 28;

    @Test
    void errorsAreNamedAndPass() throws IOException {
        FaultyMedium medium = new FaultyMedium(new byte[1 << 20]);
        try (IoThreads threads = new IoThreads("test-faulty", 1);
                RawDevice device = new RawDevice(medium, threads);
                Serving serving = new Serving()) {
            serving.exports.add(Export.of("disk", device, true));
            try (RawClient client = RawClient.ready(serving.socket, "disk", true)) {
                medium.failing(FaultyMedium.Call.WRITE, 0, 1, "No space left on device", 0);
                assertEquals(ENOSPC, client.write(0, new byte[] {1, 2}).error());
                medium.failing(FaultyMedium.Call.WRITE, 0, 1, "Input/output error", 0);
                assertEquals(EIO, client.write(0, new byte[] {1, 2}).error());
                medium.failing(FaultyMedium.Call.FORCE, 0, 1, "Input/output error", 0);
                assertEquals(EIO, client.call(3, 0, 0, 0).error());
                medium.failing(FaultyMedium.Call.READ, 0, 1, "Input/output error", 1);
                assertEquals(EIO, client.call(0, 0, 0, 4096).error());
                assertEquals(0, client.write(0, new byte[] {3, 4}).error());
                assertEquals(0, client.call(3, 0, 0, 0).error());
                assertArrayEquals(new byte[] {3, 4}, client.call(0, 0, 0, 2).data());
            }
        }
    }
}
