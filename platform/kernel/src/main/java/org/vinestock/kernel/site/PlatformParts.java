package org.vinestock.kernel.site;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Parts;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.model.ByteCount;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** What people see of the process: {@code platform.info}. */
final class PlatformParts {
    private PlatformParts() {}

    /** Makes the parts of a site that began now. */
    static Parts of(String version, String home, Scheduler scheduler, TaskEngine engine) {
        return AreaParts.parts(List.of(new InfoView(version, home, scheduler, scheduler.instant(), engine)));
    }

    /** The process and the site in numbers. */
    record Info(
            String version,
            Instant startedAt,
            Duration uptime,
            String home,
            String java,
            ByteCount heapUsed,
            ByteCount heapMax,
            int operations,
            int tasks,
            int hosts,
            long revision,
            long sample) {}

    private record InfoView(String version, String home, Scheduler scheduler, Instant startedAt, TaskEngine engine)
            implements View<AreaParts.Nothing, Info> {
        @Override
        public String name() {
            return "platform.info";
        }

        @Override
        public String summary() {
            return "Version, uptime, home, memory and size of the site";
        }

        @Override
        public Class<AreaParts.Nothing> parametersType() {
            return AreaParts.Nothing.class;
        }

        @Override
        public Class<Info> rowType() {
            return Info.class;
        }

        @Override
        public CompletionStage<Page<Info>> read(AreaParts.Nothing nothing, Snapshot snapshot, PageRequest page) {
            Runtime runtime = Runtime.getRuntime();
            return CompletableFuture.completedFuture(new Page<>(List.of(new Info(
                    version,
                    startedAt,
                    Duration.ofSeconds(
                            Duration.between(startedAt, scheduler.instant()).toSeconds()),
                    home,
                    System.getProperty("java.version", ""),
                    new ByteCount(runtime.totalMemory() - runtime.freeMemory()),
                    new ByteCount(runtime.maxMemory()),
                    engine.types().size(),
                    engine.count(),
                    hosts(snapshot.hosts()),
                    snapshot.ref().revision(),
                    snapshot.ref().sample()))));
        }

        private static int hosts(Hosts hosts) {
            int count = 0;
            for (int row = 0; row < hosts.end(); row++) {
                count += hosts.millicores(row) > 0 ? 1 : 0;
            }
            return count;
        }
    }
}
