package org.vinestock.store.live;

import java.util.Collection;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.vinestock.store.sql.KindClasses;

/**
 * Finds classes in installed bundles, by the convention that a bundle's symbolic name is the common prefix of its
 * packages. It makes no wiring, so nobody is refreshed for it.
 */
final class BundleClasses implements KindClasses {
    private final BundleContext context;

    BundleClasses(BundleContext context) {
        this.context = context;
    }

    /** Whether one of the classes is there now. */
    boolean findsOneOf(Collection<String> classNames) {
        return classNames.stream().anyMatch(name -> find(name).isPresent());
    }

    @Override
    public Optional<Class<? extends Record>> find(String className) {
        for (Bundle bundle : context.getBundles()) {
            String name = bundle.getSymbolicName();
            if (name != null && className.startsWith(name + ".")) {
                try {
                    return Optional.of(bundle.loadClass(className).asSubclass(Record.class));
                } catch (ClassNotFoundException | ClassCastException | IllegalStateException e) {
                    // Another bundle may have it: a provider's name begins with that of its area's API.
                }
            }
        }
        return Optional.empty();
    }
}
