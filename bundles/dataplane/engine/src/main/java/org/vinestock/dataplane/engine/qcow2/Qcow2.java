package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.medium.FileMedium;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.Header;
import org.vinestock.dataplane.engine.qcow2.format.HeaderReader;
import org.vinestock.dataplane.engine.qcow2.format.ImageRefusedException;
import org.vinestock.dataplane.engine.qcow2.format.Snapshot;

/** Opens qcow2 images with all that backs them. */
public final class Qcow2 {
    /** The longest chain that is opened. */
    public static final int MOST_LAYERS = 200;

    private final OpenOptions options;
    private final List<Layer> layers = new ArrayList<>();
    private final TreeSet<Path> seen = new TreeSet<>();

    private Qcow2(OpenOptions options) {
        this.options = options;
    }

    /**
     * Opens an image. One that was not closed properly is put in order first, if it is opened for writing.
     *
     * @throws ImageRefusedException with the field of whichever image of the chain is not sound or not supported
     */
    public static Qcow2Device open(Path file, OpenOptions options, IoThreads threads) throws IOException {
        return new Qcow2(options).openChain(file, null, threads);
    }

    /** Opens the disk as it was when a snapshot of it was taken inside of the image; it cannot be written to. */
    public static Qcow2Device openSnapshot(Path file, String idOrName, OpenOptions options, IoThreads threads)
            throws IOException {
        return new Qcow2(options).openChain(file, idOrName, threads);
    }

    /** Makes an image in a file that is not there. Whether its backing file is, nobody looks. */
    public static void create(Path file, CreateOptions options, IoThreads threads) throws IOException {
        try (Medium medium = FileMedium.create(file)) {
            Creation.write(medium, options);
        }
        CreateOptions.Preallocation preallocation = options.preallocation();
        if (preallocation != CreateOptions.Preallocation.OFF) {
            try (Qcow2Device device = open(file, OpenOptions.forWriting(), threads)) {
                device.preallocate(preallocation != CreateOptions.Preallocation.METADATA);
                if (preallocation == CreateOptions.Preallocation.FULL) {
                    device.fill();
                }
            }
        }
    }

    /** Looks at all of an image that nobody is using, and puts its counts in order if {@code repair}. */
    public static CheckReport check(Path file, boolean repair) throws IOException {
        try (Medium medium = repair ? FileMedium.open(file, true) : still(file)) {
            Header header = HeaderReader.read(medium);
            return repair ? RefcountRepair.repair(medium, header) : new RefcountCheck(medium, header).run();
        }
    }

    private Qcow2Device openChain(Path file, @Nullable String snapshot, IoThreads threads) throws IOException {
        boolean writable = options.writable() && snapshot == null;
        try {
            add(file, writable);
            QcowLayer top = (QcowLayer) layers.get(0);
            if (snapshot != null) {
                layers.set(0, at(top, snapshot));
            }
            return open(new Chain(layers), writable, options.mapBytes(), threads);
        } catch (IOException | RuntimeException e) {
            for (Layer layer : layers) {
                layer.close();
            }
            throw e;
        }
    }

    /** Opens a chain whose top is qcow2. */
    static Qcow2Device open(Chain chain, boolean writable, long mapBytes, IoThreads threads) throws IOException {
        QcowLayer top = (QcowLayer) chain.layer(0);
        Header header = top.header();
        if (writable) {
            if (header.corrupt()) {
                throw new ImageRefusedException(
                        top.medium.name(), "incompatible_features", "the image is marked corrupt; check and repair it");
            }
            if (header.dirty() || header.version() == 2) {
                RefcountRepair.afterDeath(top.medium, header);
                QcowLayer again = new QcowLayer(top.medium);
                chain.replaceTop(again);
            }
        }
        return new Qcow2Device(chain, writable, mapBytes, threads);
    }

    private static QcowLayer at(QcowLayer top, String idOrName) throws IOException {
        for (Snapshot snapshot : Snapshot.read(top.medium, top.header())) {
            if (snapshot.id().equals(idOrName) || snapshot.name().equals(idOrName)) {
                return new QcowLayer(top, snapshot.diskSize(), snapshot.l1TableOffset(), snapshot.l1Size());
            }
        }
        throw new ImageRefusedException(top.medium.name(), "snapshot table", "there is no snapshot " + idOrName);
    }

    private void add(Path file, boolean writable) throws IOException {
        Medium medium = writable ? FileMedium.open(file, true) : still(file);
        QcowLayer layer;
        try {
            layer = new QcowLayer(medium);
        } catch (IOException | RuntimeException e) {
            medium.close();
            throw e;
        }
        layers.add(layer);
        String name = layer.header().backingFile();
        if (!seen.add(file.toRealPath())) {
            throw refused(medium, "backing_file", "the chain comes back to this file");
        } else if (layers.size() > MOST_LAYERS) {
            throw refused(medium, "backing_file", "the chain is longer than " + MOST_LAYERS + " images");
        } else if (name != null && !name.isEmpty()) {
            addBacking(medium, backing(medium, file, name), layer.header().backingFormat());
        }
    }

    private Path backing(Medium medium, Path file, String name) throws IOException {
        int colon = name.indexOf(':');
        int slash = name.indexOf('/');
        if (name.indexOf('\0') >= 0 || (colon >= 0 && (slash < 0 || colon < slash) && !name.startsWith("file:"))) {
            throw refused(medium, "backing_file", "'" + name + "' is not the path of a file");
        }
        Path path = file.toAbsolutePath().resolveSibling(name.startsWith("file:") ? name.substring(5) : name);
        Path within = options.within();
        if (within != null && !path.toRealPath().startsWith(within.toRealPath())) {
            throw refused(medium, "backing_file", "'" + name + "' is outside of " + within);
        }
        return path;
    }

    private void addBacking(Medium medium, Path path, @Nullable String format) throws IOException {
        if ("qcow2".equals(format)) {
            add(path, false);
        } else if ("raw".equals(format)) {
            layers.add(new RawLayer(still(path)));
        } else if (format != null) {
            throw refused(medium, "backing file format", "'" + format + "' is neither raw nor qcow2");
        } else if (!options.guessFormats()) {
            throw refused(
                    medium,
                    "backing file format",
                    "the image does not say which it is; set it, or let formats be guessed if no guest could write to "
                            + path);
        } else {
            Medium unknown = still(path);
            if (HeaderReader.begins(unknown)) {
                unknown.close();
                add(path, false);
            } else {
                layers.add(new RawLayer(unknown));
            }
        }
    }

    /** Opens a file that nobody may change meanwhile. */
    private static Medium still(Path file) throws IOException {
        Medium medium = FileMedium.open(file, false);
        try {
            medium.keepStill();
            return medium;
        } catch (IOException e) {
            medium.close();
            throw e;
        }
    }

    private static ImageRefusedException refused(Medium medium, String field, String why) {
        return new ImageRefusedException(medium.name(), field, why);
    }
}
