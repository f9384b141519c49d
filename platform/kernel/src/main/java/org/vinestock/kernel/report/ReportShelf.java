package org.vinestock.kernel.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.model.VinestockException;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.report.Reports;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Codec;

/**
 * Keeps reports in a folder, a file of JSON each, and deletes the oldest ones beyond {@value #KEPT} reports or {@value
 * #KEPT_BYTES} bytes.
 *
 * <p>Files are read and written on a lane; what is remembered of them is owned by it.
 */
public final class ReportShelf implements Reports {
    /** How many reports are kept. */
    public static final int KEPT = 50;

    /** How many bytes they may have together; the newest is kept, however large. */
    public static final long KEPT_BYTES = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ReportShelf.class);
    private static final String END = ".json";
    private static final Comparator<String> BY_NUMBER =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final Path folder;
    private final Codec codec;
    private final String site;
    private final Lane lane;
    private @Nullable NavigableMap<String, Kept> known;

    /**
     * What is remembered of a report.
     *
     * @param report without its sections
     */
    private record Kept(Report report, long bytes) {}

    /**
     * Makes one; reads nothing yet.
     *
     * @param folder made when it is needed
     * @param site where the site's pages are, such as {@code http://127.0.0.1:8181}
     */
    public ReportShelf(Path folder, Codec codec, Scheduler scheduler, String site) {
        this.folder = folder;
        this.codec = codec;
        this.site = site;
        lane = scheduler.lane("reports");
    }

    @Override
    public String page(ReportId id) {
        return site + "/reports/" + id + ".html";
    }

    @Override
    public CompletionStage<Report> keep(Report report) {
        return CompletableFuture.supplyAsync(() -> kept(report), lane);
    }

    /** The reports without their sections, newest first. */
    CompletionStage<List<Report>> list() {
        return CompletableFuture.supplyAsync(
                () -> known().descendingMap().values().stream()
                        .map(Kept::report)
                        .toList(),
                lane);
    }

    /** A whole report; fails with {@code IllegalArgumentException} if it is not kept. */
    CompletionStage<Report> find(ReportId id) {
        return CompletableFuture.supplyAsync(() -> found(id), lane);
    }

    // On the lane from here.

    private Report kept(Report report) {
        String name = report.id().value();
        try {
            String json = codec.write(report);
            NavigableMap<String, Kept> all = known();
            Files.createDirectories(folder);
            Path written = Files.writeString(folder.resolve(name + ".new"), json);
            Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            all.put(name, new Kept(head(report), json.length()));
            dropOld(all);
            return report;
        } catch (IOException e) {
            throw new VinestockException(
                    ReportError.REPORT_NOT_KEPT, "report " + name + " could not be kept in " + folder + ": " + e, e);
        }
    }

    private void dropOld(NavigableMap<String, Kept> all) throws IOException {
        long bytes = all.values().stream().mapToLong(Kept::bytes).sum();
        while (all.size() > 1 && (all.size() > KEPT || bytes > KEPT_BYTES)) {
            Map.Entry<String, Kept> oldest = all.firstEntry();
            Files.deleteIfExists(file(oldest.getKey()));
            bytes -= oldest.getValue().bytes();
            all.remove(oldest.getKey());
        }
    }

    private Report found(ReportId id) {
        List<String> names = List.copyOf(known().descendingKeySet());
        if (!names.contains(id.value())) {
            throw new IllegalArgumentException("report \"" + id + "\" is not kept; accepted: "
                    + (names.isEmpty() ? "none is kept yet" : String.join(", ", names)));
        }
        try {
            return read(file(id.value()));
        } catch (IOException e) {
            throw new VinestockException(ReportError.REPORT_NOT_KEPT, id + " could not be read: " + e, e);
        }
    }

    private NavigableMap<String, Kept> known() {
        NavigableMap<String, Kept> all = known;
        if (all == null) {
            all = new TreeMap<>(BY_NUMBER);
            for (Path file : files()) {
                remember(file, all);
            }
            known = all;
        }
        return all;
    }

    private void remember(Path file, NavigableMap<String, Kept> all) {
        try {
            Report report = read(file);
            all.put(report.id().value(), new Kept(head(report), Files.size(file)));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} is no report and left alone: {}", file, String.valueOf(e.getMessage()));
        }
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + END)) {
                found.forEach(files::add);
            } catch (IOException e) {
                throw new VinestockException(
                        ReportError.REPORT_NOT_KEPT, "the reports in " + folder + " could not be read: " + e, e);
            }
        }
        return files;
    }

    private Report read(Path file) throws IOException {
        return codec.read(Files.readString(file), Report.class);
    }

    private Path file(String name) {
        return folder.resolve(name + END);
    }

    private static Report head(Report report) {
        return new Report(
                report.id(),
                report.operation(),
                report.title(),
                report.verdict(),
                report.madeAt(),
                report.by(),
                List.of());
    }
}
