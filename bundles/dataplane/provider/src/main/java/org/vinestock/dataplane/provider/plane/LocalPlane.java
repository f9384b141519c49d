package org.vinestock.dataplane.provider.plane;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.dataplane.DataPlane;
import org.vinestock.dataplane.Images;
import org.vinestock.dataplane.provider.link.ControlLink;
import org.vinestock.model.HostId;
import org.vinestock.time.Scheduler;

/** The data plane of this machine. */
public final class LocalPlane implements DataPlane {
    private final HostId host;
    private final LocalExports exports;
    private final LocalImages images;

    /** Asks {@code link}; {@code disks} is where images are made. */
    public LocalPlane(HostId host, Path disks, ControlLink link, Scheduler scheduler) {
        this.host = host;
        this.exports = new LocalExports(host, link, scheduler);
        this.images = new LocalImages(host, disks, link);
    }

    @Override
    public List<HostId> hosts() {
        return List.of(host);
    }

    @Override
    public Optional<BlockExports> exports(HostId asked) {
        return host.equals(asked) ? Optional.of(exports) : Optional.empty();
    }

    @Override
    public Optional<Images> images(HostId asked) {
        return host.equals(asked) ? Optional.of(images) : Optional.empty();
    }
}
