package org.vinestock.dataplane;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.HostId;

/** The data planes that one provider runs; an area offers it among its services. Any thread, never blocks. */
@ConsumerType
public interface DataPlane {
    /** The hosts whose disks it serves, in order of their names. */
    List<HostId> hosts();

    /** What is served on a host; empty if it is not one of these. */
    Optional<BlockExports> exports(HostId host);

    /** Work on images of a host; empty if it is not one of these. */
    Optional<Images> images(HostId host);
}
