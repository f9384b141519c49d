package org.vinestock.dataplane;

/**
 * How an image is to be written.
 *
 * @param format {@code raw} or {@code qcow2}
 * @param compression {@code none}, {@code zlib} or {@code zstd}; only for qcow2 that is written whole
 */
public record ImageFormat(String format, String compression) {
    /** A raw file. */
    public static final ImageFormat RAW = new ImageFormat("raw", "none");

    /** A qcow2 file. */
    public static final ImageFormat QCOW2 = new ImageFormat("qcow2", "none");

    /** Checks both. */
    public ImageFormat {
        if (!format.equals("raw") && !format.equals("qcow2")) {
            throw new IllegalArgumentException("format \"" + format + "\"; accepted: raw or qcow2");
        }
        if (!compression.equals("none") && !compression.equals("zlib") && !compression.equals("zstd")) {
            throw new IllegalArgumentException("compression \"" + compression + "\"; accepted: none, zlib or zstd");
        }
        if (format.equals("raw") && !compression.equals("none")) {
            throw new IllegalArgumentException("compression " + compression + " of a raw image; accepted: none");
        }
    }
}
