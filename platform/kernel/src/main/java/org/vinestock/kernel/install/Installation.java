package org.vinestock.kernel.install;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.osgi.framework.BundleContext;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * What the parts of the installer share.
 *
 * @param platform of the bundle that installs
 * @param began when this process began to look
 * @param beganNanos the same by the scheduler's nanoseconds: areas may come a while after it
 * @param stopping whether the platform is going, so that what fails now is nobody's fault
 */
record Installation(
        BundleContext platform,
        DecisionKernel kernel,
        Scheduler scheduler,
        Lane lane,
        Plugins plugins,
        Copies copies,
        Deaths deaths,
        Instant began,
        long beganNanos,
        BooleanSupplier stopping) {
    /** The {@code what} of a kept line that says which file a digest came in. */
    static final String PLUGIN = "plugin";

    /** Comes before the digest in the location of a plugin's bundle. */
    static final String LOCATION = "vinestock-plugin:";

    static final String BY = "vinestock";

    Keeper keeper() {
        return kernel.keeper();
    }
}
