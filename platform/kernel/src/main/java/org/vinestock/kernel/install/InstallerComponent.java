package org.vinestock.kernel.install;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.time.Scheduler;

/** Lets a {@link StrategyInstaller} look after {@code deploy/}. It serves nobody, so it starts by itself. */
@Component(
        service = {},
        immediate = true)
public final class InstallerComponent {
    private final BundleContext bundle;
    private final StrategyInstaller installer;
    private final ServiceListener listener;
    private final DeployFolder folder;

    /**
     * Clears away what a former process left, then looks at the folder.
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
        folder = new DeployFolder(home.resolve("deploy"), scheduler, installer);
        folder.open();
    }

    @Deactivate
    void close() {
        folder.close();
        installer.close();
        bundle.removeServiceListener(listener);
    }
}
