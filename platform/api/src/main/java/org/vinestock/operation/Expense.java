package org.vinestock.operation;

import org.vinestock.model.ObjectId;

/**
 * What an operation takes from the budgets that bound how much is done at once and in an hour. Its area says so; the
 * platform counts, by cluster.
 *
 * @param subject what it is done to
 */
public record Expense(Acting acting, ObjectId subject) {
    /** What is counted. */
    public enum Acting {
        /** A VM is started that should run and does not. */
        RESTART,
        /** A running VM goes to another host. */
        MOVE,
        /** A host is powered off. */
        HOST_OFF
    }
}
