package org.vinestock.dataplane.engine.nbd;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The disks that a server gives away, by name. By any thread. */
public final class Exports {
    private final ConcurrentSkipListMap<String, Export> byName = new ConcurrentSkipListMap<>();

    /** Gives a disk away from now on. */
    public void add(Export export) {
        if (byName.putIfAbsent(export.name(), export) != null) {
            throw new IllegalArgumentException("there is an export '" + export.name() + "' already");
        }
    }

    /** Gives it away no longer; who has it keeps it until the server ends those connections. */
    public Optional<Export> remove(String name) {
        return Optional.ofNullable(byName.remove(name));
    }

    public Optional<Export> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In order of their names. */
    public List<Export> list() {
        return List.copyOf(byName.values());
    }
}
