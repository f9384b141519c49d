package org.vinestock.dataplane.engine.block;

/** How a request ended. */
public enum Status {
    /** As asked. */
    OK,
    /** It reaches over the end of the device, or begins before it. */
    OUT_OF_RANGE,
    /** It would change a device that is not to be changed. */
    READ_ONLY,
    /** The medium, the quota or the format's own limit has no room; nothing else is wrong. */
    NO_SPACE,
    /** The device does not do that at all, or not as asked. */
    NOT_SUPPORTED,
    /** The medium failed, or what it holds contradicts its format: the device's log says what. */
    IO_ERROR,
    /** The device is closed. */
    SHUT_DOWN
}
