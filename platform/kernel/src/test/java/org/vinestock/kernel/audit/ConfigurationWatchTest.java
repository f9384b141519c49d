package org.vinestock.kernel.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.vinestock.audit.Audit;
import org.vinestock.audit.AuditFilter;
import org.vinestock.audit.AuditReport;
import org.vinestock.audit.AuditRow;
import org.vinestock.audit.AuditWatch;
import org.vinestock.audit.Deed;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.schedule.SimulatedScheduler;

class ConfigurationWatchTest {
    private final List<String> failures = new ArrayList<>();
    private final List<Deed> told = new ArrayList<>();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(
            1, Instant.parse("2026-11-20T14:02:00Z"), (lane, thrown) -> failures.add(lane + ": " + thrown));

    /** As the container does while it starts: the service goes and another one comes. */
    @Test
    void saysNothingIfTheServiceGoesBeforeItsTurn() {
        var unused = new ConfigurationWatch(new Gone(), new Told(), null, new JsonCodec(), scheduler);
        scheduler.run(scheduler.instant(), 1_000);
        assertEquals(List.of(), failures);
        assertEquals(List.of(), told);
    }

    private final class Told implements Audit {
        @Override
        public CompletionStage<Long> tell(Deed deed) {
            told.add(deed);
            return CompletableFuture.completedFuture((long) told.size());
        }

        @Override
        public CompletionStage<List<AuditRow>> newest(AuditFilter filter, long before, int limit) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<AuditReport> verify(AuditWatch watch) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException());
        }

        @Override
        public boolean kept() {
            return false;
        }
    }

    /** What is left of a service that was unregistered. */
    private static final class Gone implements ConfigurationAdmin {
        private static IllegalStateException gone() {
            return new IllegalStateException("Configuration Admin service has been unregistered");
        }

        @Override
        public Configuration createFactoryConfiguration(String factoryPid) {
            throw gone();
        }

        @Override
        public Configuration createFactoryConfiguration(String factoryPid, String location) {
            throw gone();
        }

        @Override
        public Configuration getConfiguration(String pid, String location) {
            throw gone();
        }

        @Override
        public Configuration getConfiguration(String pid) {
            throw gone();
        }

        @Override
        public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
            throw gone();
        }

        @Override
        public Configuration getFactoryConfiguration(String factoryPid, String name) {
            throw gone();
        }

        @Override
        public Configuration[] listConfigurations(String filter) {
            throw gone();
        }
    }
}
