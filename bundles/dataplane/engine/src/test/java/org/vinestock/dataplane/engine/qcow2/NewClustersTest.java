package org.vinestock.dataplane.engine.qcow2;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.vinestock.dataplane.engine.block.Await;
import org.vinestock.dataplane.engine.medium.FaultyMedium;
import org.vinestock.dataplane.engine.medium.Medium;

class NewClustersTest {
    private static final int LENGTH = 1 << 20;

    @Test
    void whatIsWrittenIntoNewClustersIsWrittenOnce() throws IOException {
        FaultyMedium file = new FaultyMedium();
        Creation.write(file, CreateOptions.of(2L * LENGTH));
        AtomicLong written = new AtomicLong();
        Medium counted = (Medium) Proxy.newProxyInstance(
                Medium.class.getClassLoader(), new Class<?>[] {Medium.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        written.addAndGet(((ByteBuffer) arguments[1]).remaining());
                    }
                    return method.invoke(file, arguments);
                });
        try (Qcow2Device device =
                Qcow2.open(new Chain(List.of(new QcowLayer(counted))), true, 1 << 16, Trial.THREADS)) {
            byte[] content = new byte[LENGTH];
            content[3] = 1;
            Await.write(device, 4096, content);
            assertTrue(written.get() < LENGTH * 3 / 2, "wrote " + written);
        }
    }
}
