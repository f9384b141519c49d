package org.vinestock.kernel.install.vendor;

import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.vinestock.decision.Answer;
import org.vinestock.kernel.install.sample.SamplePoint.SampleStrategy;
import org.vinestock.kernel.install.sample.SamplePoint.Side;

/** Registers a strategy that answers what the header Sample-Answer of its jar says. */
public final class SampleActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        String answer = context.getBundle().getHeaders().get("Sample-Answer");
        SampleStrategy strategy = (question, asked) -> new Answer<>(new Side(answer), "always");
        context.registerService(
                SampleStrategy.class,
                new PrototypeServiceFactory<SampleStrategy>() {
                    @Override
                    public SampleStrategy getService(Bundle bundle, ServiceRegistration<SampleStrategy> registration) {
                        return strategy;
                    }

                    @Override
                    public void ungetService(
                            Bundle bundle, ServiceRegistration<SampleStrategy> registration, SampleStrategy gone) {}
                },
                FrameworkUtil.asDictionary(Map.of("vinestock.point", "sample.toss", "vinestock.name", "sample")));
    }

    @Override
    public void stop(BundleContext context) {}
}
