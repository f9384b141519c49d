package org.vinestock.backup;

import java.nio.file.Path;
import java.util.List;
import org.vinestock.model.ByteCount;

/**
 * A backup that was made.
 *
 * @param files how many files of the home are in it
 * @param notes what is not in it, in sentences
 */
public record Backup(Path file, ByteCount size, int files, List<String> notes) {
    /** Copies the list. */
    public Backup {
        notes = List.copyOf(notes);
    }
}
