package org.vinestock.view;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The views that are there now. Any thread. */
@ProviderType
public interface Views {
    /** All of them, by name. */
    List<View<?, ?>> all();
}
