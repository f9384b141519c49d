package org.vinestock.disk.provider.plane;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Platform;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.dataplane.DataPlane;
import org.vinestock.dataplane.DataPlaneError;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.dataplane.Images;
import org.vinestock.disk.DiskError;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Lane;

/** The data planes that are there now; looked up whenever they are used. Any thread. */
public final class Planes {
    private final Platform platform;
    private final Lane lane;

    /** Makes one that goes on on a lane. */
    public Planes(Platform platform, Lane lane) {
        this.platform = platform;
        this.lane = lane;
    }

    /** Where what they answer is looked at. */
    public Lane lane() {
        return lane;
    }

    /** The hosts that have one, in order of their names. */
    public List<HostId> hosts() {
        List<HostId> hosts = new ArrayList<>();
        for (DataPlane plane : platform.services(DataPlane.class)) {
            for (HostId host : plane.hosts()) {
                if (!hosts.contains(host)) {
                    hosts.add(host);
                }
            }
        }
        hosts.sort((one, other) -> one.value().compareTo(other.value()));
        return hosts;
    }

    /** What is served on a host, if that has one. */
    public Optional<BlockExports> exportsIfAny(HostId host) {
        return platform.services(DataPlane.class).stream()
                .flatMap(plane -> plane.exports(host).stream())
                .findFirst();
    }

    /** Work on the images of a host, if that has one. */
    public Optional<Images> imagesIfAny(HostId host) {
        return platform.services(DataPlane.class).stream()
                .flatMap(plane -> plane.images(host).stream())
                .findFirst();
    }

    /**
     * What is served on a host.
     *
     * @throws VinestockException {@code NO_PROVIDER}
     */
    public BlockExports exports(HostId host) {
        return exportsIfAny(host).orElseThrow(() -> absent(host));
    }

    /**
     * Work on the images of a host.
     *
     * @throws VinestockException {@code NO_PROVIDER}
     */
    public Images images(HostId host) {
        return imagesIfAny(host).orElseThrow(() -> absent(host));
    }

    private static VinestockException absent(HostId host) {
        return new VinestockException(
                DiskError.NO_PROVIDER,
                "nobody runs the data plane of host " + host + " now; install feature vinestock-dataplane there");
    }

    /**
     * What an image is; empty if it is not there or is none. Fails only if the data plane cannot say.
     */
    public CompletionStage<Optional<ImageInfo>> look(HostId host, String file, String format) {
        return images(host)
                .info(file, format)
                .handleAsync(
                        (info, thrown) -> {
                            if (thrown == null) {
                                return CompletableFuture.completedFuture(Optional.of(info));
                            }
                            return Causes.is(thrown, DataPlaneError.BAD_IMAGE)
                                            || Causes.is(thrown, DataPlaneError.IO_FAILED)
                                    ? CompletableFuture.completedFuture(Optional.<ImageInfo>empty())
                                    : CompletableFuture.<Optional<ImageInfo>>failedFuture(Causes.of(thrown));
                        },
                        lane)
                .thenComposeAsync(info -> info, lane);
    }
}
