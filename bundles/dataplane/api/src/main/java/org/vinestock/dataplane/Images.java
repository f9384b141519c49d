package org.vinestock.dataplane;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;

/**
 * Work on whole images of one host, done by the process that serves its disks: so what is served for writing is known to
 * whoever works on it, and refused by name ({@code IN_USE}).
 *
 * <ul>
 *   <li>Paths are absolute, of the host.
 *   <li>What is written anew is there whole or not at all: it gets its name when all of it is on the disk. A name that is
 *       taken is refused ({@code EXISTS}).
 *   <li>If the container or the process dies meanwhile, the work ends, and nothing is left behind.
 * </ul>
 *
 * <p><b>Calls.</b> From any thread, never blocks; stages complete on any thread.
 *
 * <p><b>Failure.</b> {@code VinestockException} with a {@link DataPlaneError}.
 */
@ConsumerType
public interface Images {
    /** The host. */
    HostId host();

    /** The folder in which this host keeps the disks that are made here. */
    String folder();

    /**
     * What an image is; one that is not there, or is of another format, is a {@code BAD_IMAGE}. The format is guessed if it is not
     * given, which nobody should do for what a guest wrote.
     */
    CompletionStage<ImageInfo> info(String file, @Nullable String format);

    /** An image and all that it is backed by, from the top. */
    CompletionStage<List<ImageInfo>> chain(String file, @Nullable String format);

    /** Makes an empty image. */
    CompletionStage<ImageInfo> create(String file, ImageFormat format, ByteCount size);

    /** Makes a raw image of these bytes, at most 512 KiB. */
    CompletionStage<ImageInfo> write(String file, ByteBuffer content);

    /** Makes an overlay of an image, which must never be written to again. A larger size is filled up with zeroes. */
    CompletionStage<ImageInfo> createOverlay(
            String file, String backing, String backingFormat, @Nullable ByteCount size);

    /** Copies what a guest would see into a new image of any format, holes included. */
    CompletionStage<ImageInfo> copy(String from, String fromFormat, String to, ImageFormat format, Watching watching);

    /** Where two images differ first, in bytes; -1 = nowhere. One that is longer by zeroes is equal. */
    CompletionStage<Long> compare(String one, String oneFormat, String other, String otherFormat, Watching watching);

    /** Looks through an image's tables; {@code repair} puts in order what can be. */
    CompletionStage<ImageCheck> check(String file, String format, boolean repair);

    /** What is where, from an offset on, at most {@code atMost} extents. */
    CompletionStage<List<ImageExtent>> map(String file, String format, long from, int atMost);

    /** Changes the size. Shrinking throws away what is at the end, so it has to be said. */
    CompletionStage<ImageInfo> resize(String file, String format, ByteCount size, boolean shrink);

    /** Deletes an image; one that is not there is fine. */
    CompletionStage<?> delete(String file);
}
