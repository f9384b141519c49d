package org.vinestock.qemu.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes what comes in by a {@link Link}. Called on the loop's thread, where every other link waits meanwhile: be brief. */
public interface Receiver {
    /** Some bytes came; the buffer is the loop's again when this returns. A throw closes the link. */
    void received(ByteBuffer bytes);

    /** The link is closed; called once, last. {@code because} is null if this side closed it. */
    void closed(@Nullable String because);
}
