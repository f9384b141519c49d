package org.vinestock.store.audit;

import java.io.IOException;
import java.util.Optional;

/** Where the end of the chain is kept outside of the database. One thread at a time; may block on a disk. */
public interface Anchorage {
    /**
     * The anchor that was written last; empty if none ever was.
     *
     * @throws IOException if it cannot be read, or is no anchor
     */
    Optional<Anchor> read() throws IOException;

    /**
     * Keeps an anchor in the place of the former one: when this returns, it survives the end of the process.
     *
     * @throws IOException if it may not
     */
    void write(Anchor anchor) throws IOException;

    /** Where it is, for people. */
    String shown();

    /** Makes one that keeps nothing: for tests and benchmarks. */
    static Anchorage none() {
        return new Anchorage() {
            @Override
            public Optional<Anchor> read() {
                return Optional.empty();
            }

            @Override
            public void write(Anchor anchor) {}

            @Override
            public String shown() {
                return "nowhere";
            }
        };
    }
}
