package org.vinestock.store.h2;

/** What a change that was acknowledged outlives. */
public enum Durability {
    /** The end of the process, by {@code kill -9} too: it is in the operating system's memory, not yet on the disk. */
    PROCESS,
    /** The end of the machine, by a power failure too: the disk has said that it has it. */
    MACHINE;

    /**
     * Reads the word of a configuration.
     *
     * @throws IllegalArgumentException naming what is accepted
     */
    public static Durability of(String word) {
        return switch (word) {
            case "process" -> PROCESS;
            case "machine" -> MACHINE;
            default ->
                throw new IllegalArgumentException(
                        "durability = " + word + " in etc/org.vinestock.store.cfg; accepted: process, machine");
        };
    }
}
