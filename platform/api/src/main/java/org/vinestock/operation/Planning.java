package org.vinestock.operation;

import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.inventory.Snapshot;

/** What a plan is made from. */
@ProviderType
public interface Planning {
    /** The newest state. */
    Snapshot snapshot();

    /** Makes an id for a new object, such as {@code vm-1042}: ids are made here, so that steps are data. */
    String newId(String kind);
}
