package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which files are in use here, by whom: one alone who changes it, or any number who read. All image files of a host are opened
 * by its process only, so nobody else needs to be asked. Any thread.
 */
final class Uses {
    private final Map<Path, Use> uses = new TreeMap<>();

    /** Of one file. Owned by the lock of {@code Uses}. */
    private static final class Use {
        final List<String> readers = new ArrayList<>();
        String changer = "";
    }

    /** The right to use some files, until it is closed. */
    final class Held implements AutoCloseable {
        private final String by;
        private final List<Path> read = new ArrayList<>();
        private final List<Path> changed = new ArrayList<>();

        private Held(String by) {
            this.by = by;
        }

        /** Nobody may change it meanwhile. */
        Held reading(Path file) throws RefusedException {
            take(file, false, this);
            return this;
        }

        /** Nobody else may use it meanwhile. */
        Held changing(Path file) throws RefusedException {
            take(file, true, this);
            return this;
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }

    /** Begins with no file. */
    Held by(String who) {
        return new Held(who);
    }

    private synchronized void take(Path file, boolean alone, Held held) throws RefusedException {
        Path real = real(file);
        Use use = uses.computeIfAbsent(real, any -> new Use());
        if (!use.changer.isEmpty()) {
            throw inUse(file, use.changer);
        }
        if (alone && !use.readers.isEmpty()) {
            throw inUse(file, use.readers.get(0));
        }
        if (alone) {
            use.changer = held.by;
            held.changed.add(real);
        } else {
            use.readers.add(held.by);
            held.read.add(real);
        }
    }

    private static RefusedException inUse(Path file, String by) {
        return new RefusedException("IN_USE", file + " is in use: " + by);
    }

    private synchronized void giveBack(Held held) {
        for (Path file : held.read) {
            Use use = uses.get(file);
            if (use != null) {
                use.readers.remove(held.by);
                forget(file, use);
            }
        }
        for (Path file : held.changed) {
            Use use = uses.get(file);
            if (use != null) {
                use.changer = "";
                forget(file, use);
            }
        }
        held.read.clear();
        held.changed.clear();
    }

    private void forget(Path file, Use use) {
        if (use.readers.isEmpty() && use.changer.isEmpty()) {
            uses.remove(file);
        }
    }

    /** One file under one name, whatever links lead to it. */
    private static Path real(Path file) {
        try {
            return Files.exists(file)
                    ? file.toRealPath()
                    : file.toAbsolutePath().normalize();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}
