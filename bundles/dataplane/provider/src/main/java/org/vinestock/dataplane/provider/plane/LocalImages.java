package org.vinestock.dataplane.provider.plane;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.ImageCheck;
import org.vinestock.dataplane.ImageExtent;
import org.vinestock.dataplane.ImageFormat;
import org.vinestock.dataplane.ImageInfo;
import org.vinestock.dataplane.Images;
import org.vinestock.dataplane.Watching;
import org.vinestock.dataplane.provider.link.ControlLink;
import org.vinestock.dataplane.provider.link.Watcher;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;

/** Work on images, done by the process of this machine. */
final class LocalImages implements Images {
    private final HostId host;
    private final Path folder;
    private final ControlLink link;

    LocalImages(HostId host, Path folder, ControlLink link) {
        this.host = host;
        this.folder = folder;
        this.link = link;
    }

    @Override
    public HostId host() {
        return host;
    }

    @Override
    public String folder() {
        return folder.toString();
    }

    private CompletionStage<Object> ask(String request, Map<String, ?> fields) {
        return link.ask("image." + request, fields, Watcher.NOBODY);
    }

    private CompletionStage<ImageInfo> made(String request, Map<String, ?> fields) {
        return ask(request, fields).thenApply(answer -> Answers.info(Answers.map(answer)));
    }

    private static Watcher watcher(Watching watching) {
        return watching == Watching.NOBODY
                ? Watcher.NOBODY
                : (done, of) -> {
                    if (of > 0) {
                        watching.progress(done, of);
                    }
                    return !watching.cancelled();
                };
    }

    private static String orLooked(@Nullable String format) {
        return format == null ? "" : format;
    }

    @Override
    public CompletionStage<ImageInfo> info(String file, @Nullable String format) {
        return made("info", Map.of("file", file, "format", orLooked(format)));
    }

    @Override
    public CompletionStage<List<ImageInfo>> chain(String file, @Nullable String format) {
        return ask("chain", Map.of("file", file, "format", orLooked(format)))
                .thenApply(answer -> Answers.list(answer, Answers::info));
    }

    @Override
    public CompletionStage<ImageInfo> create(String file, ImageFormat format, ByteCount size) {
        return made("create", Map.of("file", file, "format", format.format(), "size", size.bytes()));
    }

    @Override
    public CompletionStage<ImageInfo> write(String file, ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return made("write", Map.of("file", file, "content", Base64.getEncoder().encodeToString(bytes)));
    }

    @Override
    public CompletionStage<ImageInfo> createOverlay(
            String file, String backing, String backingFormat, @Nullable ByteCount size) {
        return made(
                "overlay",
                Map.of(
                        "file", file,
                        "backing", backing,
                        "backingFormat", backingFormat,
                        "size", size == null ? -1L : size.bytes()));
    }

    @Override
    public CompletionStage<ImageInfo> copy(
            String from, String fromFormat, String to, ImageFormat format, Watching watching) {
        Map<String, Object> fields = Map.of(
                "from", from,
                "fromFormat", fromFormat,
                "to", to,
                "format", format.format(),
                "compression", format.compression());
        return link.ask("image.copy", fields, watcher(watching)).thenApply(answer -> Answers.info(Answers.map(answer)));
    }

    @Override
    public CompletionStage<Long> compare(
            String one, String oneFormat, String other, String otherFormat, Watching watching) {
        Map<String, Object> fields =
                Map.of("one", one, "oneFormat", oneFormat, "other", other, "otherFormat", otherFormat);
        return link.ask("image.compare", fields, watcher(watching))
                .thenApply(answer -> answer instanceof Long at ? at : -1L);
    }

    @Override
    public CompletionStage<ImageCheck> check(String file, String format, boolean repair) {
        return ask("check", Map.of("file", file, "format", format, "repair", repair))
                .thenApply(answer -> Answers.check(Answers.map(answer)));
    }

    @Override
    public CompletionStage<List<ImageExtent>> map(String file, String format, long from, int atMost) {
        return ask("map", Map.of("file", file, "format", format, "from", from, "atMost", (long) atMost))
                .thenApply(answer -> Answers.list(answer, Answers::extent));
    }

    @Override
    public CompletionStage<ImageInfo> resize(String file, String format, ByteCount size, boolean shrink) {
        return made("resize", Map.of("file", file, "format", format, "size", size.bytes(), "shrink", shrink));
    }

    @Override
    public CompletionStage<?> delete(String file) {
        return ask("delete", Map.of("file", file));
    }
}
