package org.vinestock.benchmarks.site;

import static org.vinestock.benchmarks.Figures.say;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.vinestock.benchmarks.Figures;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.machines.provider.view.HostCondition;
import org.vinestock.machines.provider.view.HostInfoView;
import org.vinestock.machines.provider.view.HostListView;
import org.vinestock.machines.provider.view.VmListView;
import org.vinestock.machines.provider.view.VmState;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.placement.provider.rule.RulesView;
import org.vinestock.store.snapshot.SiteSnapshot;
import org.vinestock.view.Codec;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/**
 * Measures pages of views of a large site, each after a VM came and another left, from the question to its JSON; CPU time of
 * the asking thread. {@code itests/benchmarks/views [HOSTS]} runs it.
 */
public final class ViewFigures {
    private static final int WARM_UP = 30;
    private static final int TIMES = 200;
    private static final int PAGE = 100;
    private static final int MANY = 1_000;

    private final Codec codec = new JsonCodec();
    private final SplittableRandom random = new SplittableRandom(3);
    private final LargeSite site;
    private int changes = 1;
    private UnaryOperator<Snapshot> known = head -> head;

    private ViewFigures(int hosts) {
        site = new LargeSite(hosts, 10 * hosts, Math.max(10, hosts / 10));
    }

    /** Runs all. */
    public static void main(String[] arguments) {
        Figures.sayMachine();
        new ViewFigures(arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0])).run();
    }

    private void run() {
        say("%s", site);
        VmListView vms = new VmListView();
        measure("vm.list, a page", vms, () -> vmFilter(null, Labels.NONE, null), this::anyVm, PAGE);
        measure("vm.list, 10,000 rows", vms, () -> vmFilter(null, Labels.NONE, null), () -> "", 10_000);
        measure("vm.list --host", vms, () -> vmFilter(anyHost(), Labels.NONE, null), () -> "", PAGE);
        measure(
                "vm.list --label, few have it",
                vms,
                () -> vmFilter(null, Labels.of("app", "a1"), null),
                () -> "",
                PAGE);
        measure("vm.list --state, none is", vms, () -> vmFilter(null, Labels.NONE, VmState.MOVING), () -> "", PAGE);
        HostListView hosts = new HostListView();
        measure(
                "host.list, a page",
                hosts,
                () -> hostFilter(null),
                () -> anyHost().value(),
                PAGE);
        measure("host.list, all", hosts, () -> hostFilter(null), () -> "", 10_000);
        measure("host.list --state, few are", hosts, () -> hostFilter(HostCondition.DOWN), () -> "", PAGE);
        measure("host.info", new HostInfoView(), () -> new HostInfoView.Which(anyHost()), () -> "", PAGE);
        measure("placement.rules, a page", new RulesView(), RulesView.All::new, () -> "", PAGE);
        changes = MANY;
        say("after %,d VMs came and as many left:", MANY);
        measureByIndex(vms);
        changes = 1;
        known = head -> ((SiteSnapshot) head).detached(1);
        say("when nothing is known of the site yet:");
        measureByIndex(vms);
    }

    private void measureByIndex(VmListView vms) {
        measure("vm.list --label", vms, () -> vmFilter(null, Labels.of("app", "a1"), null), () -> "", PAGE);
        measure("vm.list --host", vms, () -> vmFilter(anyHost(), Labels.NONE, null), () -> "", PAGE);
        measure("placement.rules, a page", new RulesView(), RulesView.All::new, () -> "", PAGE);
    }

    private static VmListView.Filter vmFilter(@Nullable HostId host, Labels labels, @Nullable VmState state) {
        return new VmListView.Filter(host, labels, state);
    }

    private static HostListView.Filter hostFilter(@Nullable HostCondition state) {
        return new HostListView.Filter(state, null, null, null);
    }

    private String anyVm() {
        return "vm-" + random.nextInt(10 * site.hosts());
    }

    private HostId anyHost() {
        return site.head().hosts().id(random.nextInt(site.hosts()));
    }

    private <P extends Record, R extends Record> void measure(
            String name, View<P, R> view, Supplier<P> parameters, Supplier<String> after, int limit) {
        long[] nanos = new long[TIMES];
        int rows = 0;
        long bytes = 0;
        for (int i = -WARM_UP; i < TIMES; i++) {
            for (int c = 0; c < changes; c++) {
                change();
            }
            Snapshot head = known.apply(site.head());
            P asked = parameters.get();
            PageRequest request = new PageRequest(after.get(), limit);
            long begun = cpuNanos();
            Page<R> page = view.read(asked, head, request).toCompletableFuture().join();
            long length = codec.write(page.rows()).length();
            long took = cpuNanos() - begun;
            if (i >= 0) {
                nanos[i] = took;
                rows = page.rows().size();
                bytes = length;
            }
        }
        Arrays.sort(nanos);
        say(
                "%-30s p50 %6.2f ms, p99 %6.2f ms, max %6.2f ms; %,d rows, %,d characters",
                name + ':',
                Figures.millis(nanos, 0.5),
                Figures.millis(nanos, 0.99),
                nanos[TIMES - 1] / 1e6,
                rows,
                bytes);
    }

    /** CPU time of this thread: what others do on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void change() {
        site.place(site.question(random), anyHost());
        site.leave(random);
    }
}
