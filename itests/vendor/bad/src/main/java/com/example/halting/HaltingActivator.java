package com.example.halting;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Ends the JVM as soon as its bundle starts, and so at every start of the container. */
public final class HaltingActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Runtime.getRuntime().halt(8);
    }

    @Override
    public void stop(BundleContext context) {}
}
