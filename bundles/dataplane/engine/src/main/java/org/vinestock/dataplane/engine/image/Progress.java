package org.vinestock.dataplane.engine.image;

/** Hears how far a long piece of work is, on the thread that does it. */
@FunctionalInterface
public interface Progress {
    /** For whoever does not care. */
    Progress NONE = (done, of) -> true;

    /** Bytes done, of how many; false ends the work. */
    boolean goesOn(long done, long of);
}
