package org.vinestock.dataplane.provider.plane;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.dataplane.Advice;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.dataplane.DataPlaneError;
import org.vinestock.dataplane.Export;
import org.vinestock.dataplane.ExportId;
import org.vinestock.dataplane.ExportSpec;
import org.vinestock.dataplane.PlaneStatus;
import org.vinestock.dataplane.Traffic;
import org.vinestock.dataplane.provider.link.ControlLink;
import org.vinestock.dataplane.provider.link.Watcher;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** What the process of this machine serves. */
final class LocalExports implements BlockExports {
    private static final Logger LOG = LoggerFactory.getLogger(LocalExports.class);
    private static final Duration WATCHED_EVERY = Duration.ofSeconds(1);

    private final HostId host;
    private final ControlLink link;
    private final Scheduler scheduler;
    private final Lane lane;

    LocalExports(HostId host, ControlLink link, Scheduler scheduler) {
        this.host = host;
        this.link = link;
        this.scheduler = scheduler;
        this.lane = scheduler.lane("dataplane.exports");
    }

    @Override
    public HostId host() {
        return host;
    }

    @Override
    public String socket() {
        return link.nbdSocket();
    }

    private CompletionStage<Object> ask(String request, Map<String, ?> fields) {
        return link.ask(request, fields, Watcher.NOBODY);
    }

    @Override
    public CompletionStage<List<Export>> list() {
        return ask("list", Map.of()).thenApply(answer -> Answers.list(answer, each -> Answers.export(each, socket())));
    }

    @Override
    public CompletionStage<Export> serve(ExportSpec spec) {
        Map<String, Object> fields = Map.of(
                "name", spec.id().value(),
                "format", spec.format(),
                "chain", spec.chain(),
                "writable", spec.writable());
        return ask("serve", fields)
                .thenCompose(served -> list())
                .thenApply(exports -> exports.stream()
                        .filter(export -> export.spec().id().equals(spec.id()))
                        .findFirst()
                        .orElseThrow(() -> new VinestockException(
                                DataPlaneError.IO_FAILED, spec.id() + " was served and withdrawn at the same time")));
    }

    @Override
    public CompletionStage<?> withdraw(ExportId id) {
        return list().thenCompose(exports ->
                exports.stream().anyMatch(export -> export.spec().id().equals(id))
                        ? ask("withdraw", Map.of("name", id.value()))
                        : CompletableFuture.<Object>completedFuture(true));
    }

    @Override
    public CompletionStage<Optional<Traffic>> traffic(ExportId id) {
        return allTraffic()
                .thenApply(all ->
                        all.stream().filter(each -> each.export().equals(id)).findFirst());
    }

    private CompletionStage<List<Traffic>> allTraffic() {
        return ask("stats", Map.of()).thenApply(stats -> traffic(Answers.map(stats)));
    }

    private static List<Traffic> traffic(Map<?, ?> stats) {
        Object exports = stats.get("exports");
        return exports == null ? List.of() : Answers.list(exports, Answers::traffic);
    }

    @Override
    public Cancellable watch(Consumer<List<Traffic>> listener) {
        AtomicBoolean cancelled = new AtomicBoolean();
        watch(listener, cancelled);
        return () -> cancelled.set(true);
    }

    private void watch(Consumer<List<Traffic>> listener, AtomicBoolean cancelled) {
        scheduler.after(WATCHED_EVERY, lane, () -> {
            if (!cancelled.get()) {
                allTraffic()
                        .whenCompleteAsync(
                                (traffic, thrown) -> {
                                    if (traffic != null && !cancelled.get()) {
                                        listener.accept(traffic);
                                    }
                                    watch(listener, cancelled);
                                },
                                lane);
            }
        });
    }

    @Override
    public void advise(Advice advice) {
        ask(
                        "advise",
                        Map.of(
                                "name", advice.export().value(),
                                "offset", advice.offset(),
                                "length", advice.length()))
                .whenComplete((done, thrown) -> {
                    if (thrown != null) {
                        LOG.debug("advice was not taken", thrown);
                    }
                });
    }

    @Override
    public CompletionStage<PlaneStatus> status() {
        return ask("stats", Map.of()).handle((stats, thrown) -> {
            Map<?, ?> fields = Answers.map(stats);
            List<Traffic> traffic = traffic(fields);
            return new PlaneStatus(
                    host,
                    Answers.text(fields, "product"),
                    Answers.number(fields, "pid"),
                    (int) Answers.number(fields, "clients"),
                    traffic.size(),
                    new ByteCount(Answers.number(fields, "heapBytes")),
                    new ByteCount(Answers.number(fields, "heapMostBytes")),
                    traffic.stream().mapToLong(Traffic::reads).sum(),
                    traffic.stream().mapToLong(Traffic::writes).sum(),
                    thrown == null ? "" : String.valueOf(cause(thrown).getMessage()));
        });
    }

    private static Throwable cause(Throwable thrown) {
        return thrown.getCause() == null ? thrown : thrown.getCause();
    }

    @Override
    public CompletionStage<PlaneStatus> restart() {
        return link.restart().thenCompose(version -> status());
    }
}
