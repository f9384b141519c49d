package org.vinestock.kernel.plugin;

/**
 * Runs the calls into one vendor's strategy, one at a time: a thread of its own in production, a lane in simulation.
 *
 * <p><b>Calls.</b> From any thread, except {@link #restore}; never blocks.
 */
public interface Worker {
    /** Runs {@code task} after those given before; after {@link #end} or {@link #abandon} tasks are dropped. */
    void execute(Runnable task);

    /**
     * Runs {@code rest} later, on the worker, if answers are charged with simulated time; false = go on at once, as in
     * production, where an answer takes what it takes.
     */
    boolean charges(Runnable rest);

    /** Gives further tasks a higher or lower priority; a hint. */
    void urgent(boolean urgent);

    /** Sets back what a plugin may have changed of the thread; called by the worker itself after each call. */
    void restore();

    /** Ends after the tasks given so far. */
    void end();

    /** Ends at once: forgets the tasks, interrupts the call that does not return, and ends if it ever does. */
    void abandon();

    /** The thread's name, for people. */
    String name();

    /** Where the thread is now, a frame a line; empty if there is no thread. */
    String stack();
}
