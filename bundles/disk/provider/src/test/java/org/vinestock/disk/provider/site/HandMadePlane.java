package org.vinestock.disk.provider.site;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.dataplane.Advice;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.dataplane.DataPlane;
import org.vinestock.dataplane.DataPlaneError;
import org.vinestock.dataplane.Export;
import org.vinestock.dataplane.ExportId;
import org.vinestock.dataplane.ExportSpec;
import org.vinestock.dataplane.ImageCheck;
import org.vinestock.dataplane.ImageExtent;
import org.vinestock.dataplane.ImageFormat;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.dataplane.Images;
import org.vinestock.dataplane.PlaneStatus;
import org.vinestock.dataplane.Traffic;
import org.vinestock.dataplane.Watching;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * A data plane of one host whose images are names with sizes. Calls take their time and may fail; it outlives the control plane
 * and remembers what it must never have been asked.
 */
public final class HandMadePlane implements Area, DataPlane, BlockExports, Images {
    public static final String FOLDER = "/disks";

    /** The format of a file that is there and can be opened as nothing. */
    public static final String UNREADABLE = "unreadable";

    public final TreeMap<String, Image> files = new TreeMap<>();
    public final TreeMap<String, ExportSpec> exports = new TreeMap<>();

    /** What it was asked and must not have been. */
    public final List<String> wrongs = new ArrayList<>();

    /** All that it was asked to do. */
    public final List<String> log = new ArrayList<>();

    public Duration takes = Duration.ofMillis(10);

    /** Whether its process answers. */
    public boolean answers = true;

    /** Whether a file matters to anybody, and is not only on its way out. */
    Predicate<String> counts = file -> true;

    private final HostId host;
    private final TreeMap<String, Integer> failures = new TreeMap<>();
    private final List<Call<?>> running = new ArrayList<>();
    private int generation;
    private Scheduler world;
    private Lane lane;

    public static final class Image {
        public final String format;
        public long size;
        public final String backing;
        public final String content;
        public long leaks;

        Image(String format, long size, String backing, String content) {
            this.format = format;
            this.size = size;
            this.backing = backing;
            this.content = content;
        }
    }

    private static final class Call<T> {
        final Supplier<T> effect;
        final CompletableFuture<T> done = new CompletableFuture<>();

        Call(Supplier<T> effect) {
            this.effect = effect;
        }

        void end() {
            try {
                done.complete(effect.get());
            } catch (VinestockException e) {
                done.completeExceptionally(e);
            }
        }
    }

    public HandMadePlane(String host) {
        this.host = new HostId(host);
    }

    void live(Scheduler scheduler) {
        world = scheduler;
        lane = scheduler.lane("hand-made plane");
    }

    /** The next {@code times} calls of a name fail. */
    public void fail(String call, int times) {
        failures.put(call, times);
    }

    public void heal() {
        failures.clear();
        answers = true;
    }

    /** Whoever asked is gone: what was asked is done, or not, and in neither case later. */
    void callersDie(RandomGenerator random) {
        generation++;
        List<Call<?>> all = List.copyOf(running);
        running.clear();
        for (Call<?> call : all) {
            if (random.nextBoolean()) {
                call.end();
            }
        }
    }

    /** Puts a file there that nobody of the disks knows. */
    public void put(String file, String format, long size) {
        files.put(file, new Image(format, size, null, "foreign"));
    }

    @Override
    public String name() {
        return "hand-made-plane";
    }

    @Override
    public Parts build(Platform platform) {
        return new Parts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(this), () -> {});
    }

    @Override
    public List<HostId> hosts() {
        return List.of(host);
    }

    @Override
    public Optional<BlockExports> exports(HostId of) {
        return of.equals(host) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Optional<Images> images(HostId of) {
        return of.equals(host) ? Optional.of(this) : Optional.empty();
    }

    @Override
    public HostId host() {
        return host;
    }

    @Override
    public String socket() {
        return "/run/" + host;
    }

    @Override
    public String folder() {
        return FOLDER;
    }

    private <T> CompletionStage<T> call(String name, Supplier<T> effect) {
        return call(name, takes, effect);
    }

    private <T> CompletionStage<T> call(String name, Duration time, Supplier<T> effect) {
        log.add(name);
        Integer left = failures.get(name);
        boolean fails = left != null && left > 0;
        if (fails) {
            failures.put(name, left - 1);
        }
        Call<T> call = new Call<>(() -> {
            if (!answers) {
                throw failure(DataPlaneError.PLANE_UNREACHABLE, "the data plane of " + host + " does not answer");
            } else if (fails) {
                throw failure(DataPlaneError.NO_ROOM, "no room on " + host + " for " + name);
            }
            return effect.get();
        });
        running.add(call);
        world.after(time, lane, () -> {
            if (running.remove(call)) {
                call.end();
            }
        });
        return call.done;
    }

    private static VinestockException failure(DataPlaneError code, String message) {
        return new VinestockException(code, message);
    }

    private Image image(String file, String format) {
        Image image = files.get(file);
        if (image == null) {
            throw failure(DataPlaneError.BAD_IMAGE, file + " is not there");
        } else if (image.format.equals(UNREADABLE)
                || (format != null && !format.equals("raw") && !format.equals(image.format))) {
            throw failure(DataPlaneError.BAD_IMAGE, file + " is no " + format);
        }
        return image;
    }

    private ImageInfo told(String file) {
        Image image = files.get(file);
        return new ImageInfo(
                file,
                image.format,
                new ByteCount(image.size),
                new ByteCount(image.size / 4),
                image.format.equals("raw") ? 0 : 65_536,
                image.format.equals("raw") ? 0 : 3,
                image.backing,
                image.backing == null ? null : files.get(image.backing).format,
                false,
                List.of(),
                List.of());
    }

    private ImageInfo made(String file, Image image) {
        if (files.containsKey(file)) {
            throw failure(DataPlaneError.EXISTS, file + " is there");
        }
        files.put(file, image);
        return told(file);
    }

    private boolean isServed(String file, boolean forWriting) {
        return exports.values().stream()
                .anyMatch(spec -> spec.chain().contains(file)
                        && (!forWriting || (spec.writable() && spec.file().equals(file))));
    }

    private boolean backsAnother(String file) {
        return files.entrySet().stream()
                .anyMatch(each -> file.equals(each.getValue().backing) && counts.test(each.getKey()));
    }

    private void mayChange(String file, String by) {
        if (isServed(file, false)) {
            throw failure(DataPlaneError.IN_USE, file + " is served");
        } else if (backsAnother(file)) {
            wrongs.add(by + " of " + file + ", which backs another");
        }
    }

    @Override
    public CompletionStage<ImageInfo> info(String file, String format) {
        return call("info", () -> {
            image(file, format);
            return told(file);
        });
    }

    @Override
    public CompletionStage<List<ImageInfo>> chain(String file, String format) {
        return call("chain", () -> {
            List<ImageInfo> chain = new ArrayList<>();
            image(file, format);
            for (String at = file; at != null; at = files.get(at).backing) {
                chain.add(told(at));
            }
            return chain;
        });
    }

    @Override
    public CompletionStage<ImageInfo> create(String file, ImageFormat format, ByteCount size) {
        return call("create", () -> made(file, new Image(format.format(), size.bytes(), null, "zeroes")));
    }

    @Override
    public CompletionStage<ImageInfo> write(String file, ByteBuffer content) {
        int length = content.remaining();
        return call("write", () -> made(file, new Image("raw", length, null, "bytes")));
    }

    @Override
    public CompletionStage<ImageInfo> createOverlay(String file, String backing, String backingFormat, ByteCount size) {
        return call("createOverlay", () -> {
            Image parent = image(backing, backingFormat);
            if (isServed(backing, true)) {
                wrongs.add("an overlay of " + backing + ", which is served for writing");
            }
            long bytes = size == null ? parent.size : size.bytes();
            return made(file, new Image("qcow2", bytes, backing, "overlay of " + parent.content));
        });
    }

    /** In ten pieces, after each of which it may be cancelled. */
    @Override
    public CompletionStage<ImageInfo> copy(
            String from, String fromFormat, String to, ImageFormat format, Watching watching) {
        CompletableFuture<ImageInfo> done = new CompletableFuture<>();
        piece(0, generation, from, fromFormat, to, format, watching, done);
        return done;
    }

    private void piece(
            int number,
            int askedIn,
            String from,
            String fromFormat,
            String to,
            ImageFormat format,
            Watching watching,
            CompletableFuture<ImageInfo> done) {
        call(number == 0 ? "copy" : "piece", () -> {
                    Image source = image(from, fromFormat);
                    if (isServed(from, true)) {
                        throw failure(DataPlaneError.IN_USE, from + " is served for writing");
                    } else if (files.containsKey(to)) {
                        throw failure(DataPlaneError.EXISTS, to + " is there");
                    } else if (watching.cancelled()) {
                        throw failure(DataPlaneError.CANCELLED, "cancelled");
                    }
                    watching.progress(source.size * number / 10, source.size);
                    return number < 10
                            ? Optional.<ImageInfo>empty()
                            : Optional.of(made(
                                    to, new Image(format.format(), source.size, null, "copy of " + source.content)));
                })
                .whenComplete((made, thrown) -> {
                    if (thrown != null) {
                        done.completeExceptionally(thrown);
                    } else if (made.isPresent()) {
                        done.complete(made.get());
                    } else if (askedIn == generation) { // whoever asked lives
                        piece(number + 1, askedIn, from, fromFormat, to, format, watching, done);
                    }
                });
    }

    @Override
    public CompletionStage<Long> compare(
            String one, String oneFormat, String other, String otherFormat, Watching watching) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("compare"));
    }

    @Override
    public CompletionStage<ImageCheck> check(String file, String format, boolean repair) {
        return call("check", () -> {
            Image image = image(file, format);
            long leaks = image.leaks;
            if (repair) {
                mayChange(file, "repair");
                image.leaks = 0;
            }
            return new ImageCheck(
                    leaks, 0, repair ? leaks : 0, Collections.nCopies((int) Math.min(leaks, 100), "a cluster is lost"));
        });
    }

    /** Every other piece of 64 KiB is data, of the first image; the second is of the one beneath, or nothing. */
    @Override
    public CompletionStage<List<ImageExtent>> map(String file, String format, long from, int atMost) {
        return call("map", () -> {
            Image image = image(file, format);
            List<ImageExtent> extents = new ArrayList<>();
            for (long at = from; at < image.size && extents.size() < atMost; at += 65_536) {
                boolean own = at / 65_536 % 2 == 0;
                long length = Math.min(65_536, image.size - at);
                extents.add(new ImageExtent(at, length, own ? 0 : 1, own, own || image.backing != null));
            }
            return extents;
        });
    }

    @Override
    public CompletionStage<ImageInfo> resize(String file, String format, ByteCount size, boolean shrink) {
        return call("resize", () -> {
            Image image = image(file, format);
            mayChange(file, "resize");
            if (size.bytes() < image.size && !shrink) {
                wrongs.add("shrinks " + file + " and was not told to");
            }
            image.size = size.bytes();
            return told(file);
        });
    }

    @Override
    public CompletionStage<?> delete(String file) {
        return call("delete", () -> {
            if (files.containsKey(file)) {
                mayChange(file, "deletion");
                files.remove(file);
            }
            return file;
        });
    }

    @Override
    public CompletionStage<List<Export>> list() {
        return call("list", () -> exports.values().stream().map(this::export).toList());
    }

    private Export export(ExportSpec spec) {
        Image image = files.get(spec.file());
        return new Export(
                spec,
                socket(),
                new ByteCount(image == null ? 0 : image.size),
                image == null ? spec.file() + " is not there" : null);
    }

    @Override
    public CompletionStage<Export> serve(ExportSpec spec) {
        return call("serve", () -> {
            ExportSpec there = exports.get(spec.id().value());
            if (there != null && !there.equals(spec)) {
                throw failure(DataPlaneError.EXISTS, spec.id() + " is served otherwise");
            }
            Image image = files.get(spec.file());
            if (image != null) {
                List<String> chain = new ArrayList<>();
                for (String at = spec.file(); at != null; at = files.get(at).backing) {
                    chain.add(at);
                }
                if (!chain.equals(spec.chain())) {
                    throw failure(DataPlaneError.BAD_IMAGE, spec.chain() + " is not " + chain);
                }
            }
            if (spec.writable() && backsAnother(spec.file())) {
                wrongs.add(spec.file() + " is served for writing and backs another");
            }
            exports.put(spec.id().value(), spec);
            return export(spec);
        });
    }

    @Override
    public CompletionStage<?> withdraw(ExportId id) {
        return call("withdraw", () -> Objects.toString(exports.remove(id.value())));
    }

    @Override
    public CompletionStage<Optional<Traffic>> traffic(ExportId id) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public Cancellable watch(Consumer<List<Traffic>> listener) {
        return () -> {};
    }

    @Override
    public void advise(Advice advice) {}

    @Override
    public CompletionStage<PlaneStatus> status() {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("status"));
    }

    @Override
    public CompletionStage<PlaneStatus> restart() {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("restart"));
    }
}
