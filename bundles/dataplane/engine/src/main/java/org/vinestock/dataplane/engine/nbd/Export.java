package org.vinestock.dataplane.engine.nbd;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.DirtyBitmap;

/**
 * A disk under a name.
 *
 * @param name what clients ask for; "" is the one for clients that ask for none
 * @param description for people
 * @param device stays open while the export is served; whoever withdrew the export closes it
 * @param writable false also makes a writable device read-only
 * @param resizable clients may change its size, by the protocol's experimental RESIZE
 * @param tlsOnly it is given to clients by TLS only
 * @param bitmaps by name, for {@code qemu:dirty-bitmap:NAME}
 * @param traffic counts what clients do
 */
public record Export(
        String name,
        String description,
        BlockDevice device,
        boolean writable,
        boolean resizable,
        boolean tlsOnly,
        Map<String, DirtyBitmap> bitmaps,
        Traffic traffic) {
    static final int LONGEST_NAME = 4096;

    public Export {
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("the name of an export has at most " + LONGEST_NAME + " bytes");
        }
        bitmaps = Collections.unmodifiableMap(new TreeMap<>(bitmaps));
        writable = writable && device.writable();
    }

    /** A disk without bitmaps, for whoever may connect. */
    public static Export of(String name, BlockDevice device, boolean writable) {
        return new Export(name, "", device, writable, false, false, Map.of(), new Traffic(device.size()));
    }
}
