package org.vinestock.store.memory;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Rows;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VmId;
import org.vinestock.store.write.Retention;

/**
 * Measures an inventory in memory with 10,000 hosts and 100,000 VMs, desired and observed. Not a test; run it with
 *
 * <pre>
 * mvn -q -o -pl platform/store -am test-compile
 * java -Xmx512m -cp platform/store/target/test-classes:platform/store/target/classes:platform/api/target/classes \
 *     org.vinestock.store.memory.InventoryFigures
 * </pre>
 */
public final class InventoryFigures {
    private record Machine(HostId id, boolean accepts, long millicores, long memory) implements HostRow {}

    private record Guest(VmId id, @Nullable HostId host, long millicores, long memory) implements OccupantRow {}

    private static final Kind<Machine> MACHINE = new Kind<>("host", Machine.class);
    private static final Kind<Guest> GUEST = new Kind<>("vm", Guest.class);
    private static final Kind<Guest> SEEN = new Kind<>("vm.observed", Guest.class);
    private static final int HOSTS = 10_000;
    private static final int VMS = 100_000;
    private static final int ROUNDS = 5;
    private static final int COUNT = 100_000;

    private final MemoryInventory inventory = new MemoryInventory(Retention.USUAL);
    private final SplittableRandom random = new SplittableRandom(1);

    private InventoryFigures() {}

    /** Prints one line a figure and round. */
    public static void main(String[] args) {
        new InventoryFigures().run();
    }

    private void run() {
        long empty = heap();
        long begun = System.nanoTime();
        fill();
        line("filled in %.0f ms, one change set a thousand rows", (System.nanoTime() - begun) / 1e6);
        line("heap for it: %.0f MiB", (heap() - empty) / 1048576.0);
        for (int round = 1; round <= ROUNDS; round++) {
            changes();
            finds();
            scans();
            measures();
        }
        line("heap with history: %.0f MiB", (heap() - empty) / 1048576.0);
    }

    private void fill() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < HOSTS; i++) {
            HostId id = host(i);
            changes.add(new Change.Put<>(MACHINE, id, new Machine(id, true, 64_000, 256L << 30)));
            flush(changes, 1000);
        }
        for (int i = 0; i < VMS; i++) {
            Guest guest = guest(i);
            changes.add(new Change.Put<>(GUEST, guest.id(), guest));
            changes.add(new Change.Put<>(SEEN, guest.id(), guest));
            flush(changes, 1000);
        }
        flush(changes, 1);
    }

    private void flush(List<Change> changes, int atLeast) {
        if (changes.size() >= atLeast) {
            inventory.commit(new ChangeSet(inventory.head().ref().revision(), changes));
            changes.clear();
        }
    }

    private void changes() {
        long[] nanos = new long[COUNT];
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long collected = collectedMillis();
        for (int i = 0; i < COUNT; i++) {
            Guest guest = guest(random.nextInt(VMS));
            ChangeSet set = new ChangeSet(
                    inventory.head().ref().revision(),
                    List.of(new Change.Put<>(random.nextBoolean() ? GUEST : SEEN, guest.id(), guest)));
            long begun = System.nanoTime();
            inventory.commit(set);
            nanos[i] = System.nanoTime() - begun;
        }
        cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        Arrays.sort(nanos);
        line(
                "a change of one VM: p50 %.1f us, p99 %.1f us, CPU %.1f us, collector %.1f us",
                nanos[COUNT / 2] / 1e3,
                nanos[COUNT * 99 / 100] / 1e3,
                cpu / 1e3 / COUNT,
                (collectedMillis() - collected) * 1e3 / COUNT);
    }

    private static long collectedMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    private void finds() {
        VmId[] ids = new VmId[1000];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = new VmId("vm-" + random.nextInt(VMS));
        }
        Rows<Guest> rows = inventory.head().rows(GUEST);
        long found = 0;
        long begun = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            for (VmId id : ids) {
                found += rows.find(id).isPresent() ? 1 : 0;
            }
        }
        line("find in 100,000 rows: %.2f us", (System.nanoTime() - begun) / 1e3 / found);
        begun = System.nanoTime();
        long seen = 0;
        for (Guest guest : rows) {
            seen += guest.millicores() > 0 ? 1 : 0;
        }
        line("iterate over 100,000 rows: %.2f ms (%d)", (System.nanoTime() - begun) / 1e6, seen);
    }

    private void scans() {
        Hosts hosts = inventory.head().hosts();
        int scans = 1000;
        long fit = 0;
        long begun = System.nanoTime();
        for (int i = 0; i < scans; i++) {
            for (int row = 0; row < hosts.end(); row++) {
                if (hosts.accepts(row) && hosts.freeMillicores(row) >= 4000 && hosts.freeMemory(row) >= 8L << 30) {
                    fit++;
                }
            }
        }
        line("scan of 10,000 hosts: %.1f us (%d fit)", (System.nanoTime() - begun) / 1e3 / scans, fit / scans);
    }

    private void measures() {
        List<HostLoad> loads = new ArrayList<>();
        for (int i = 0; i < HOSTS; i++) {
            loads.add(new HostLoad(host(i), random.nextDouble()));
        }
        long begun = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            inventory.measure(loads);
        }
        line("a sample of 10,000 loads: %.0f us", (System.nanoTime() - begun) / 1e3 / 20);
    }

    private Guest guest(int number) {
        return new Guest(new VmId("vm-" + number), host(random.nextInt(HOSTS)), 1000, 1L << 30);
    }

    private static HostId host(int number) {
        return new HostId("z1-r" + number / 40 + "-h" + number % 40);
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
