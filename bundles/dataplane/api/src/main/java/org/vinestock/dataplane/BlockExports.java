package org.vinestock.dataplane;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.HostId;
import org.vinestock.time.Cancellable;

/**
 * What is served to the guests of one host. The process that serves journals it, and serves the same again after it died, so
 * what was acknowledged is served until it is withdrawn, whatever becomes of the container.
 *
 * <p><b>Calls.</b> From any thread, never blocks; stages complete on any thread. Every call may be repeated.
 *
 * <p><b>Failure.</b> {@code VinestockException} with a {@link DataPlaneError}.
 */
@ConsumerType
public interface BlockExports {
    /** The host. */
    HostId host();

    /** Path of the unix socket on which all of them are. It never changes. */
    String socket();

    /** All that should be served, in order of names. */
    CompletionStage<List<Export>> list();

    /** Serves a disk; done when it is journaled and clients can connect. The same one again changes nothing. */
    CompletionStage<Export> serve(ExportSpec spec);

    /** Serves it no longer; done when nobody uses it and all that was written is durable. One that is not served is fine. */
    CompletionStage<?> withdraw(ExportId id);

    /** What clients did with an export. */
    CompletionStage<Optional<Traffic>> traffic(ExportId id);

    /** Tells {@code listener} about every export's traffic, once a second, on any thread, until it is cancelled. */
    Cancellable watch(Consumer<List<Traffic>> listener);

    /** Says what will be read soon. Nobody waits for it, and it may be forgotten. */
    void advise(Advice advice);

    /** How its process is. */
    CompletionStage<PlaneStatus> status();

    /** Ends the process and starts one of this version, which serves the same: clients notice a pause and no error. */
    CompletionStage<PlaneStatus> restart();
}
