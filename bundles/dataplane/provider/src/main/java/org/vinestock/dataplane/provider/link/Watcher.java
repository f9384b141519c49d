package org.vinestock.dataplane.provider.link;

/** Hears how far work is that was asked for. On the link's thread, briefly. */
@FunctionalInterface
public interface Watcher {
    /** Nobody looks. */
    Watcher NOBODY = (done, of) -> true;

    /** So many bytes are done; false = it is not wanted any more. Called now and then, also if nothing is known: then both are 0. */
    boolean goesOn(long done, long of);
}
