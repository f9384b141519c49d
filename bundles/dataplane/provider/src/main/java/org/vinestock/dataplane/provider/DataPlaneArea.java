package org.vinestock.dataplane.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.dataplane.DataPlane;
import org.vinestock.dataplane.provider.link.ControlLink;
import org.vinestock.dataplane.provider.link.Jars;
import org.vinestock.dataplane.provider.plane.LocalPlane;
import org.vinestock.dataplane.provider.show.ExportsView;
import org.vinestock.dataplane.provider.show.ListView;
import org.vinestock.dataplane.provider.show.RestartOperation;
import org.vinestock.dataplane.provider.show.RestartStep;
import org.vinestock.time.Cancellable;

/** The area {@code dataplane}. In a simulated site, or without a host's name, it serves nothing. */
public final class DataPlaneArea implements Area {
    private static final Logger LOG = LoggerFactory.getLogger(DataPlaneArea.class);

    private final Optional<PlaneSettings> settings;
    private final Jars jars;
    private final String product;

    /**
     * Makes it.
     *
     * @param settings nothing = this machine serves no disks
     * @param jars what the process is started from
     * @param product the version of this product; a process of another one is replaced
     */
    public DataPlaneArea(Optional<PlaneSettings> settings, Jars jars, String product) {
        this.settings = settings;
        this.jars = jars;
        this.product = product;
    }

    @Override
    public String name() {
        return "dataplane";
    }

    @Override
    public Parts build(Platform platform) {
        Optional<ControlLink> link = platform.simulated() ? Optional.empty() : settings.flatMap(s -> link(s, platform));
        List<Object> services = link.isEmpty() || settings.isEmpty()
                ? List.of()
                : List.of(new LocalPlane(
                        settings.get().host(), settings.get().disks(), link.get(), platform.scheduler()));
        Supplier<List<DataPlane>> planes = () -> platform.services(DataPlane.class);
        Cancellable close = () -> link.ifPresent(ControlLink::close);
        return new Parts(
                List.of(new RestartOperation(planes)),
                List.of(new ListView(planes), new ExportsView(planes)),
                List.of(new RestartStep(planes)),
                List.of(),
                List.of(),
                List.of(),
                services,
                close);
    }

    private Optional<ControlLink> link(PlaneSettings here, Platform platform) {
        try {
            Files.createDirectories(here.disks());
            String holder =
                    here.host() + ", container " + ProcessHandle.current().pid();
            return Optional.of(new ControlLink(here.folder(), jars, product, holder, platform.scheduler()));
        } catch (IOException e) {
            LOG.error("this machine serves no disks: {}", e.getMessage(), e);
            return Optional.empty();
        }
    }
}
