package org.vinestock.dataplane.engine.nbd.transmit;

/** Numbers of the transmission phase, as the protocol document names them. */
public final class Command {
    static final int REQUEST_MAGIC = 0x25609513;
    static final int SIMPLE_REPLY_MAGIC = 0x67446698;
    static final int CHUNK_MAGIC = 0x668e33ef;

    static final int REQUEST_LENGTH = 28;
    static final int SIMPLE_REPLY_LENGTH = 16;
    static final int CHUNK_LENGTH = 20;

    static final int READ = 0;
    static final int WRITE = 1;
    static final int DISCONNECT = 2;
    static final int FLUSH = 3;
    static final int TRIM = 4;
    static final int CACHE = 5;
    static final int WRITE_ZEROES = 6;
    static final int BLOCK_STATUS = 7;
    static final int RESIZE = 8;

    static final int FUA = 1;
    static final int NO_HOLE = 2;
    static final int DONT_FRAGMENT = 4;
    static final int ONE_EXTENT = 8;
    static final int FAST_ZERO = 16;

    static final int CHUNK_DONE = 1;
    static final int CHUNK_NONE = 0;
    static final int CHUNK_DATA = 1;
    static final int CHUNK_BLOCK_STATUS = 5;
    static final int CHUNK_ERROR = 0x8001;

    static final int EPERM = 1;
    static final int EIO = 5;
    static final int EINVAL = 22;
    static final int ENOSPC = 28;
    static final int EOVERFLOW = 75;
    static final int ENOTSUP = 95;
    static final int ESHUTDOWN = 108;

    /** What a payload may be at most; more is a client that lies, and ends its connection. */
    public static final int MAX_PAYLOAD = 32 << 20;

    private Command() {}
}
