package org.vinestock.dataplane;

import org.osgi.annotation.versioning.ConsumerType;

/** Whoever started long work on an image and wants to see it go on. Called by one thread at a time, often, and briefly. */
@ConsumerType
public interface Watching {
    /** Nobody looks, nobody cancels. */
    Watching NOBODY = new Watching() {
        @Override
        public void progress(long done, long of) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    };

    /** So many bytes are done. */
    void progress(long done, long of);

    /** Whether it is to end; then it fails with {@code CANCELLED} and leaves nothing behind. */
    boolean cancelled();
}
