package org.vinestock.machines.provider.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Inventory;
import org.vinestock.model.HostId;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** Gathers the loads that hosts report and makes a sample of them every few seconds, if there are any. Any thread. */
final class LoadSampler {
    private final Scheduler scheduler;
    private final Inventory inventory;
    private final Supplier<Duration> every;
    private final Lane lane;
    private final ConcurrentSkipListMap<String, HostLoad> waiting = new ConcurrentSkipListMap<>();
    private final AtomicBoolean armed = new AtomicBoolean();

    LoadSampler(Scheduler scheduler, Inventory inventory, Supplier<Duration> every) {
        this.scheduler = scheduler;
        this.every = every;
        this.inventory = inventory;
        this.lane = scheduler.lane("machines.loads");
    }

    void add(HostId host, double load) {
        waiting.put(host.value(), new HostLoad(host, Math.max(0, Math.min(1, load))));
        if (armed.compareAndSet(false, true)) {
            scheduler.after(every.get(), lane, this::measure);
        }
    }

    private void measure() {
        armed.set(false);
        List<HostLoad> loads = new ArrayList<>();
        Map.Entry<String, HostLoad> next = waiting.pollFirstEntry();
        while (next != null) {
            loads.add(next.getValue());
            next = waiting.pollFirstEntry();
        }
        if (!loads.isEmpty()) {
            inventory.measure(loads);
        }
    }
}
