package org.vinestock.kernel.install;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.plugin.CallMark;

/**
 * Remembers across the end of the process whose call was running: one place a plugin in a file that is mapped into memory,
 * so that marking a call costs a store and outlives even a halt. A crash of the machine may lose it.
 */
final class RunningCalls {
    private static final int PLACES = 128;
    private static final int SIZE = 64;
    private static final byte CALL = 1;
    private static final byte TRIAL = 2;

    private final MappedByteBuffer places;
    private final @Nullable Mark[] taken = new @Nullable Mark[PLACES];
    private final List<String> diedIn = new ArrayList<>();
    private final List<String> diedInTrial = new ArrayList<>();
    private boolean closed;

    /** A place; given back it marks nothing more, although a thread may still hold it. */
    private final class Mark implements CallMark {
        private final int place;
        private final byte how;
        private volatile boolean over;

        Mark(int place, byte how) {
            this.place = place;
            this.how = how;
        }

        @Override
        public void running(boolean running) {
            if (!over) {
                places.put(place * SIZE, running ? how : 0);
            }
        }
    }

    /** Opens the file, or makes it. */
    RunningCalls(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            places = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) PLACES * SIZE);
        }
        for (int place = 0; place < PLACES; place++) {
            byte how = places.get(place * SIZE);
            if (how != 0) {
                (how == TRIAL ? diedInTrial : diedIn).add(named(place));
            }
            clear(place);
        }
        if (!diedIn.isEmpty()) {
            diedInTrial.clear();
        }
    }

    private String named(int place) {
        byte[] name = new byte[Math.min(places.get(place * SIZE + 1), SIZE - 2)];
        places.get(place * SIZE + 2, name);
        return new String(name, StandardCharsets.US_ASCII);
    }

    private void clear(int place) {
        places.put(place * SIZE, new byte[SIZE]);
    }

    /** The plugins that were deciding something when the process before this one died, by their digests. */
    List<String> diedIn() {
        return List.copyOf(diedIn);
    }

    /** Those that were starting or in their contract then, if none was deciding. */
    List<String> diedInTrial() {
        return List.copyOf(diedInTrial);
    }

    /** Gives a strategy of a plugin a place for its calls; beyond {@value #PLACES} they are not marked. */
    CallMark mark(String digest) {
        return take(digest, CALL);
    }

    /** Gives a plugin a place for its start and contract. */
    CallMark trial(String digest) {
        return take(digest, TRIAL);
    }

    private synchronized CallMark take(String digest, byte how) {
        for (int place = 0; place < PLACES && !closed; place++) {
            if (taken[place] == null) {
                byte[] name = digest.getBytes(StandardCharsets.US_ASCII);
                int at = place * SIZE;
                places.put(at + 1, (byte) name.length);
                places.put(at + 2, name);
                Mark mark = new Mark(place, how);
                taken[place] = mark;
                return mark;
            }
        }
        return CallMark.NONE;
    }

    /** Takes back the places of a plugin. */
    synchronized void forget(String digest) {
        for (int place = 0; place < PLACES; place++) {
            if (named(place).equals(digest)) {
                giveBack(place);
            }
        }
    }

    /** The process ends in order: whoever is still being called is not to blame. */
    synchronized void close() {
        closed = true;
        for (int place = 0; place < PLACES; place++) {
            giveBack(place);
        }
    }

    private void giveBack(int place) {
        Mark mark = taken[place];
        if (mark != null) {
            mark.over = true;
            taken[place] = null;
            clear(place);
        }
    }
}
