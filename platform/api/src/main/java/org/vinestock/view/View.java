package org.vinestock.view;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Role;

/**
 * Something to look at: rows of one record type. In the shell a table and {@code --json}, in REST {@code GET
 * /api/v1/scope/noun}. The components of the row are the columns and the keys of the JSON.
 *
 * <p><b>Calls.</b> On any thread; must not block.
 *
 * <p><b>Failure.</b> {@code IllegalArgumentException} for an unknown object, naming it.
 */
@ConsumerType
public interface View<P extends Record, R extends Record> {
    /** {@code scope.list}, {@code scope.info} or {@code scope.noun}. */
    String name();

    /** One sentence for help and OpenAPI, without a full stop. */
    String summary();

    /** Like an operation's. */
    Class<P> parametersType();

    /** A row. */
    Class<R> rowType();

    /**
     * Who may look. By default everyone, also who did not sign in; a higher role is for what may show secrets, such as the
     * screen of a VM.
     */
    default Role role() {
        return Role.VIEWER;
    }

    /** Reads a page. */
    CompletionStage<Page<R>> read(P parameters, Snapshot snapshot, PageRequest page);

    /**
     * Derives what reading looks things up in, such as an index, so that who reads does not wait for it. Called at the start
     * and now and then as the state changes, on a lane; costs little if little has changed. By default nothing.
     */
    default void prepare(Snapshot snapshot) {}
}
