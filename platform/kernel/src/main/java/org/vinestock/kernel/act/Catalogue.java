package org.vinestock.kernel.act;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Parts;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.StepHandler;

/** The operations and step handlers that are there now, by name. Any thread. */
public final class Catalogue {
    private final Map<String, Operation<?, ?>> operations = new ConcurrentSkipListMap<>();
    private final Map<String, StepHandler<?>> handlers = new ConcurrentSkipListMap<>();

    /**
     * Adds what an area brings, or nothing of it.
     *
     * @throws IllegalArgumentException if a name is taken
     */
    synchronized void add(Parts parts) {
        for (Operation<?, ?> operation : parts.operations()) {
            requireFree(operations, operation.type().name(), "operation");
        }
        for (StepHandler<?> handler : parts.steps()) {
            requireFree(handlers, handler.kind(), "step");
        }
        for (Operation<?, ?> operation : parts.operations()) {
            requireFree(operations, operation.type().name(), "operation");
            operations.put(operation.type().name(), operation);
        }
        for (StepHandler<?> handler : parts.steps()) {
            handlers.put(handler.kind(), handler);
        }
    }

    synchronized void remove(Parts parts) {
        for (Operation<?, ?> operation : parts.operations()) {
            operations.remove(operation.type().name(), operation);
        }
        for (StepHandler<?> handler : parts.steps()) {
            handlers.remove(handler.kind(), handler);
        }
    }

    List<OperationType<?, ?>> types() {
        List<OperationType<?, ?>> types = new ArrayList<>();
        for (Operation<?, ?> operation : operations.values()) {
            types.add(operation.type());
        }
        return List.copyOf(types);
    }

    /** Finds the operation of a type, which is the same constant of the same api. */
    <P extends Record, R extends Record> Operation<P, R> operation(OperationType<P, R> type) {
        Operation<?, ?> found = operations.get(type.name());
        if (found == null) {
            throw new VinestockException(
                    ActError.NO_PROVIDER,
                    area(type) + ": no provider installed, so " + type.name() + " cannot run; install one");
        }
        if (found.type().parameters() != type.parameters() || found.type().result() != type.result()) {
            throw new VinestockException(
                    ActError.NO_PROVIDER,
                    type.name() + " is provided with other parameters ("
                            + found.type().parameters() + "); refresh whoever asked");
        }
        @SuppressWarnings("unchecked") // its type says so
        Operation<P, R> operation = (Operation<P, R>) found;
        return operation;
    }

    /** Finds an operation by its name; throws {@code NO_PROVIDER} if it is not there. */
    Operation<?, ?> operation(String name) {
        Operation<?, ?> found = operations.get(name);
        if (found == null) {
            throw new VinestockException(ActError.NO_PROVIDER, "no provider of " + name + " is installed");
        }
        return found;
    }

    @Nullable
    Operation<?, ?> named(String operation) {
        return operations.get(operation);
    }

    @Nullable
    StepHandler<?> handler(String kind) {
        return handlers.get(kind);
    }

    /** The area that an operation belongs to: its parameters are in the package of the area's api. */
    private static String area(OperationType<?, ?> type) {
        String name = type.parameters().getPackageName();
        String prefix = "org.vinestock.";
        return name.startsWith(prefix)
                ? name.substring(prefix.length())
                : type.name().substring(0, Math.max(0, type.name().indexOf('.')));
    }

    private static void requireFree(Map<String, ?> taken, String name, String what) {
        if (taken.containsKey(name)) {
            throw new IllegalArgumentException(what + " " + name + " is there already; each name belongs to one area");
        }
    }
}
