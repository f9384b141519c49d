package org.vinestock.operation;

/**
 * Names something that people can have done: a constant of an area's api.
 *
 * @param name {@code scope.verb}: in the shell {@code scope:verb}, in REST {@code POST /api/v1/scope/verb}
 * @param parameters a record with Bean Validation constraints and {@link Input} on its components
 * @param result a record
 * @param summary one sentence for help and OpenAPI, without a full stop
 */
public record OperationType<P extends Record, R extends Record>(
        String name, Class<P> parameters, Class<R> result, Role role, String summary) {}
