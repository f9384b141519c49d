package org.vinestock.store.sql;

import java.util.Optional;

/** Finds the class of a kind's rows by its name, among what is installed. Any thread. */
@FunctionalInterface
public interface KindClasses {
    /** Returns the record class; empty if nobody has it now. */
    Optional<Class<? extends Record>> find(String className);

    /** Finds classes that a loader knows. */
    static KindClasses of(ClassLoader loader) {
        return name -> {
            try {
                return Optional.of(Class.forName(name, false, loader).asSubclass(Record.class));
            } catch (ClassNotFoundException | ClassCastException e) {
                return Optional.empty();
            }
        };
    }
}
