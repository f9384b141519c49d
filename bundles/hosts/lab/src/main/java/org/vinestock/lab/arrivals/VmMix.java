package org.vinestock.lab.arrivals;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.Group;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleId;

/** What tenants ask for: mostly small VMs, now and then a large one. One in twelve is {@code app=web}: small, and apart from the others. */
final class VmMix {
    /** Tenants want their web servers on hosts of their own, so that one host that fails takes one of them. */
    static final PlacementRule WEB_APART =
            new PlacementRule(new RuleId("web-apart"), new Group("app", "web"), new Demand.Apart(Domain.HOST));

    private static final String TENANT = "tenant";
    private static final String TENANT_PREFIX = "lab-";
    private static final int TENANTS = 5;
    private static final List<Size> SIZES = List.of(
            new Size(1, 2, 35), new Size(2, 8, 30), new Size(4, 16, 20), new Size(8, 32, 10), new Size(16, 48, 5));
    private static final List<App> APPS =
            List.of(new App("batch", 55, 16), new App("db", 37, 16), new App("web", 8, 2));

    /** One of 100 such VMs. */
    record Size(long cores, long gibibytes, int percent) {}

    private record App(String name, int percent, int mostCores) {}

    /** What one VM is to be. */
    record Wish(Size size, Labels labels) {
        ByteCount memory() {
            return ByteCount.ofGib(size.gibibytes());
        }
    }

    private VmMix() {}

    static Wish draw(RandomGenerator random) {
        SortedMap<String, String> labels = new TreeMap<>();
        App app = app(random.nextInt(100));
        Size size = size(random.nextInt(100));
        labels.put("app", app.name());
        labels.put(TENANT, TENANT_PREFIX + (1 + random.nextInt(TENANTS)));
        return new Wish(size.cores() > app.mostCores() ? SIZES.get(1) : size, new Labels(labels));
    }

    /** Whether these are the labels of a VM of the lab's tenants. */
    static boolean isTenants(Labels labels) {
        return labels.values().getOrDefault(TENANT, "").startsWith(TENANT_PREFIX);
    }

    /** The mean size, as shares of a site: which part of it one VM takes on average of what is scarcer. */
    static double meanShare(Fill fill) {
        double cores = 0;
        double gibibytes = 0;
        for (Size size : SIZES) {
            cores += size.cores() * size.percent() / 100.0;
            gibibytes += size.gibibytes() * size.percent() / 100.0;
        }
        return Math.max(cores * 1000 / fill.millicores(), gibibytes * (1L << 30) / fill.memory());
    }

    private static Size size(int percent) {
        int left = percent;
        for (Size size : SIZES) {
            left -= size.percent();
            if (left < 0) {
                return size;
            }
        }
        return SIZES.get(0);
    }

    private static App app(int percent) {
        int left = percent;
        for (App app : APPS) {
            left -= app.percent();
            if (left < 0) {
                return app;
            }
        }
        return APPS.get(0);
    }
}
