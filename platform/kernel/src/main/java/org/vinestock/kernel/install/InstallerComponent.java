package org.vinestock.kernel.install;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.time.Scheduler;

/** Lets File Install know the {@link StrategyInstaller}. It serves File Install only, so it starts by itself. */
@Component(
        service = {},
        immediate = true)
public final class InstallerComponent {
    private final BundleContext bundle;
    private final StrategyInstaller installer;
    private final ServiceListener listener;
    private final ServiceRegistration<ArtifactInstaller> registration;

    /**
     * Clears away what a former process left, then takes files.
     *
     * @throws IOException if the directory for copies and markers cannot be used
     */
    @Activate
    public InstallerComponent(BundleContext bundle, @Reference DecisionKernel kernel, @Reference Scheduler scheduler)
            throws IOException {
        this.bundle = bundle;
        Path home = Path.of(System.getProperty("vinestock.home", System.getProperty("karaf.base", "")));
        installer = new StrategyInstaller(
                bundle, kernel, scheduler, home.resolve("state"), Boolean.getBoolean("vinestock.safe"));
        installer.sweep();
        listener = installer::serviceChanged;
        bundle.addServiceListener(listener);
        Map<String, Object> first = new TreeMap<>();
        first.put(Constants.SERVICE_RANKING, 1_000);
        registration = bundle.registerService(ArtifactInstaller.class, installer, FrameworkUtil.asDictionary(first));
    }

    @Deactivate
    void close() {
        registration.unregister();
        installer.close();
        bundle.removeServiceListener(listener);
    }
}
