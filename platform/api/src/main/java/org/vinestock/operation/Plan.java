package org.vinestock.operation;

import java.util.List;
import org.vinestock.model.ObjectId;

/**
 * What a task will do.
 *
 * @param claims the objects that the task leases; while it holds them a second task that claims one is refused
 */
public record Plan(List<ObjectId> claims, List<Step> steps) {
    /** Copies the lists. */
    public Plan {
        claims = List.copyOf(claims);
        steps = List.copyOf(steps);
    }
}
