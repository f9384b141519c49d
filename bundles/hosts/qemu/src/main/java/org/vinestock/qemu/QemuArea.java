package org.vinestock.qemu;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;

/** This machine as a host. In a simulated site, or without a name for it, there is none. */
@Component(service = Area.class, configurationPid = QemuConfiguration.PID)
@Designate(ocd = QemuConfiguration.Keys.class)
public final class QemuArea implements Area {
    private static final Logger LOG = LoggerFactory.getLogger(QemuArea.class);

    private final Optional<QemuConfiguration> configuration;

    /** As configured. */
    @Activate
    public QemuArea(QemuConfiguration.Keys keys) {
        configuration = QemuConfiguration.of(keys, LOG::error);
    }

    @Override
    public String name() {
        return "qemu";
    }

    @Override
    public Parts build(Platform platform) {
        Optional<LocalHost> host =
                platform.simulated() ? Optional.empty() : configuration.map(here -> new LocalHost(here, platform));
        host.ifPresent(LocalHost::start);
        return new Parts(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.copyOf(host.stream().toList()),
                () -> host.ifPresent(LocalHost::close));
    }
}
