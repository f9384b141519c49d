package org.vinestock.store.h2;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A path of H2 whose files are written as {@link DurableFile} does it. An address names it by the scheme {@value #SCHEME}.
 *
 * <p>H2 makes instances of it by itself, so it is public and has no arguments.
 */
public final class DurablePath extends FilePathWrapper {
    /** Stands before the path in an address of H2. */
    public static final String SCHEME = "durable";

    /** Tells H2 of the scheme; again changes nothing. */
    public static void register() {
        FilePath.register(new DurablePath());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel file = getBase().open(mode);
        return mode.equals("r") ? file : new DurableFile(file);
    }
}
