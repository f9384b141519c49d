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
import org.vinestock.kernel.plugin.CallMark;

/**
 * Remembers across the end of the process whose call was running: one place a plugin in a file that is mapped into memory,
 * so that marking a call costs a store and outlives even a halt. A crash of the machine may lose it.
 */
final class RunningCalls {
    private static final int PLACES = 128;
    private static final int SIZE = 64;

    private final MappedByteBuffer places;
    private final boolean[] taken = new boolean[PLACES];
    private final List<String> diedIn = new ArrayList<>();

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
            if (places.get(place * SIZE) != 0) {
                diedIn.add(named(place));
            }
            clear(place);
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

    /** The plugins whose calls were running when the process before this one died, by their digests. */
    List<String> diedIn() {
        return List.copyOf(diedIn);
    }

    /** Gives a plugin a place; beyond {@value #PLACES} its calls are not marked. */
    synchronized CallMark mark(String digest) {
        for (int place = 0; place < PLACES; place++) {
            if (!taken[place]) {
                taken[place] = true;
                byte[] name = digest.getBytes(StandardCharsets.US_ASCII);
                int at = place * SIZE;
                places.put(at + 1, (byte) name.length);
                places.put(at + 2, name);
                return running -> places.put(at, (byte) (running ? 1 : 0));
            }
        }
        return CallMark.NONE;
    }

    /** Gives back the places of a plugin. */
    synchronized void forget(String digest) {
        for (int place = 0; place < PLACES; place++) {
            if (taken[place] && named(place).equals(digest)) {
                taken[place] = false;
                clear(place);
            }
        }
    }
}
