package org.vinestock.backup;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes backups of the home while it is used.
 *
 * <p><b>Calls.</b> From any thread, never blocks. Backups are made one at a time.
 *
 * <p><b>Failure.</b> Stages fail with {@code IllegalArgumentException} if the file cannot be made there, with {@code
 * VinestockException} if something could not be read; then there is no file.
 */
@ProviderType
public interface Backups {
    /**
     * Writes a backup; completes when it is whole and durable. Everything is in it that was acknowledged before the call,
     * and of what is acknowledged meanwhile a beginning.
     *
     * @param file a new file on the machine of this process; an absolute path
     */
    CompletionStage<Backup> write(Path file);
}
