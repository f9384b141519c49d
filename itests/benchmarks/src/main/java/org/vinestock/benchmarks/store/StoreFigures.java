package org.vinestock.benchmarks.store;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VmId;
import org.vinestock.store.sql.H2;
import org.vinestock.store.sql.KindClasses;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.sql.SqlStore;
import org.vinestock.store.write.Retention;
import org.vinestock.testkit.postgres.PostgresServer;

/**
 * Measures a store in SQL with 10,000 hosts and 100,000 VMs, desired and observed: durable changes a second, what an
 * acknowledgement waits for, how long a start takes, how the files grow. {@code itests/benchmarks/store} runs it; its
 * arguments are {@code h2} or {@code postgres} and how many changes are made, 1,000,000 unless given.
 */
public final class StoreFigures {
    /** A host. */
    public record Machine(HostId id, boolean accepts, long millicores, long memory) implements HostRow {}

    /** A VM, desired or seen. */
    public record Guest(VmId id, @Nullable HostId host, long millicores, long memory, String state)
            implements OccupantRow {}

    private static final Kind<Machine> HOST = new Kind<>("host", Machine.class);
    private static final Kind<Guest> VM = new Kind<>("vm", Guest.class);
    private static final Kind<Guest> SEEN = new Kind<>("vm.observed", Guest.class);
    private static final int HOSTS = 10_000;
    private static final int VMS = 100_000;
    private static final int OUTSTANDING = 64;

    private final Path folder;
    private final DataSource source;
    private final SplittableRandom random = new SplittableRandom(1);

    private StoreFigures(Path folder, DataSource source) {
        this.folder = folder;
        this.source = source;
    }

    /** Runs all. */
    public static void main(String[] arguments) throws Exception {
        String which = arguments.length > 0 ? arguments[0] : "h2";
        int changes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        Path folder = Files.createTempDirectory("vinestock-store-figures");
        try {
            if (which.equals("h2")) {
                JdbcDataSource h2 = new JdbcDataSource();
                h2.setURL(H2.url(folder.resolve("site")));
                new StoreFigures(folder, h2).run(which, changes);
            } else {
                try (PostgresServer server = PostgresServer.start()) {
                    PGSimpleDataSource postgres = new PGSimpleDataSource();
                    postgres.setURL(server.database("figures"));
                    new StoreFigures(folder, postgres).run(which, changes);
                }
            }
        } finally {
            delete(folder);
        }
    }

    private void run(String which, int changes) throws Exception {
        say(
                "%s, java %s, load %.1f, heap %d MB, %s",
                which,
                System.getProperty("java.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
        try (SqlStore store = open()) {
            fill(store.inventory());
            say("filled, files %d MB", size() >> 20);
            for (int round = 1; round <= 5; round++) {
                placements(store.inventory(), changes / 5);
                say("after %,d changes, files %d MB", changes / 5 * round, size() >> 20);
            }
        }
        say("closed, files %d MB", size() >> 20);
        for (int round = 0; round < 3; round++) {
            long begun = System.nanoTime();
            try (SqlStore store = open()) {
                say(
                        "opened in %.2f s at revision %,d",
                        (System.nanoTime() - begun) / 1e9,
                        store.inventory().head().ref().revision());
            }
        }
    }

    private SqlStore open() {
        return SqlStore.open(
                source,
                new JsonCodec(),
                KindClasses.of(StoreFigures.class.getClassLoader()),
                new Settings("figures", Duration.ZERO, Retention.USUAL, 100_000, 300_000),
                Clock.systemUTC(),
                lost -> {
                    lost.printStackTrace();
                    Runtime.getRuntime().halt(1);
                });
    }

    private void fill(Inventory inventory) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < HOSTS; i++) {
            HostId id = host(i);
            changes.add(new Change.Put<>(HOST, id, new Machine(id, true, 64_000, 256L << 30)));
        }
        for (int i = 0; i < VMS; i++) {
            Guest guest = guest(i);
            changes.add(new Change.Put<>(VM, guest.id(), guest));
            changes.add(new Change.Put<>(SEEN, guest.id(), guest));
        }
        for (int i = 0; i < changes.size(); i += 1_000) {
            ChangeSet set = new ChangeSet(
                    inventory.head().ref().revision(), changes.subList(i, Math.min(changes.size(), i + 1_000)));
            inventory.commit(set).toCompletableFuture().join();
        }
    }

    /** One VM's row a change set, 64 not yet acknowledged. */
    private void placements(Inventory inventory, int count) throws InterruptedException {
        Semaphore free = new Semaphore(OUTSTANDING);
        CountDownLatch durable = new CountDownLatch(count);
        AtomicInteger failed = new AtomicInteger();
        long[] nanos = new long[count];
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++) {
            free.acquire();
            Guest guest = guest(random.nextInt(VMS));
            Kind<Guest> kind = random.nextBoolean() ? VM : SEEN;
            int at = i;
            long given = System.nanoTime();
            var unused = inventory
                    .commit(new ChangeSet(
                            inventory.head().ref().revision(), List.of(new Change.Put<>(kind, guest.id(), guest))))
                    .whenComplete((commit, thrown) -> {
                        nanos[at] = System.nanoTime() - given;
                        failed.addAndGet(thrown == null ? 0 : 1);
                        free.release();
                        durable.countDown();
                    });
        }
        durable.await();
        double seconds = (System.nanoTime() - begun) / 1e9;
        Arrays.sort(nanos);
        say(
                "%,.0f durable changes a second, %d outstanding: p50 %.2f ms, p99 %.2f ms, %.1f us of CPU each, %d failed",
                count / seconds,
                OUTSTANDING,
                nanos[count / 2] / 1e6,
                nanos[(int) (count * 0.99)] / 1e6,
                (system.getProcessCpuTime() - cpu) / 1e3 / count,
                failed.get());
    }

    private Guest guest(int number) {
        return new Guest(new VmId("vm-" + (1000 + number)), host(random.nextInt(HOSTS)), 2_000, 4L << 30, "RUNNING");
    }

    private static HostId host(int number) {
        return new HostId("z1-r" + number / 40 + "-h" + number % 40);
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
