package org.vinestock.terminal;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Role;

/**
 * Something that prints and that people type at. In the shell a command that goes on until Ctrl-], in REST {@code GET} for
 * what was printed and {@code POST} for what is typed. Among the services of {@code Parts}. That somebody types is told to
 * the audit, what is typed to nobody.
 *
 * <p><b>Calls.</b> On any thread; must not block.
 *
 * <p><b>Failure.</b> {@code IllegalArgumentException} for an unknown object, naming it.
 */
@ConsumerType
public interface Terminal<P extends Record> {
    /** {@code scope.noun}. */
    String name();

    /** One sentence for help and OpenAPI, without a full stop. */
    String summary();

    /** Like an operation's. */
    Class<P> parametersType();

    /** Who may read and type: what is printed may hold secrets as well as what is typed. */
    Role role();

    /** Finds what it is about. */
    CompletionStage<TerminalLine> open(P parameters, Snapshot snapshot);
}
