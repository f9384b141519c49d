package org.vinestock.itests;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests the one distribution that all of a run share, with the demo site; it starts with the first that asks and
 * stops after the last. A test that leaves it otherwise than it found it starts its own.
 */
public final class SharedDistribution implements ParameterResolver {
    private record Running(Distribution distribution) implements CloseableResource {
        @Override
        public void close() {
            distribution.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Distribution.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedDistribution.class))
                .getOrComputeIfAbsent(
                        Running.class,
                        key -> new Running(Distribution.start(FrontDoor.newHome("shared"))),
                        Running.class)
                .distribution();
    }
}
