package org.vinestock.store.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
    @TempDir
    Path folder;

    @Test
    void saysThatADiskIsFull() {
        String missing = new DiskRoom(folder, Long.MAX_VALUE).missing().orElseThrow();
        assertEquals(
                "the disk of " + folder + " is full: less than " + (Long.MAX_VALUE >> 20)
                        + " MiB are free; make room, and the site goes on by itself",
                missing);
    }

    @Test
    void isContentWithEnoughAlsoBeforeTheFolderIsThere() {
        assertEquals(Optional.empty(), new DiskRoom(folder, 1).missing());
        assertEquals(Optional.empty(), new DiskRoom(folder.resolve("home/state"), 1).missing());
        assertEquals(
                false,
                new DiskRoom(folder.resolve("home/state"), Long.MAX_VALUE)
                        .missing()
                        .isEmpty());
    }
}
