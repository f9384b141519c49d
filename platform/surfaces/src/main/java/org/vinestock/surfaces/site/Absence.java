package org.vinestock.surfaces.site;

import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.StoreStatus;

/**
 * Why there is no control plane to ask.
 *
 * @param code for machines
 * @param sentence for people
 */
public record Absence(String code, String sentence) {
    /** Says it by how the store stands; null if there is no store. */
    public static Absence of(StoreStatus.@Nullable Standing standing) {
        if (standing == null) {
            return new Absence("NOT_READY", "the control plane is starting, or one of kernel and store is missing");
        }
        return switch (standing.state()) {
            case OPENING, LEADS -> new Absence("NOT_READY", "the control plane is starting");
            case FOLLOWS ->
                new Absence("FOLLOWS", "this container follows on " + standing.where() + ": " + standing.message());
            case UNAVAILABLE ->
                new Absence(
                        "STORE_UNAVAILABLE", "there is no store on " + standing.where() + ": " + standing.message());
        };
    }
}
