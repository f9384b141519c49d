package org.vinestock.benchmarks.packing;

import static org.vinestock.benchmarks.Figures.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vinestock.benchmarks.packing.Packing.Result;
import org.vinestock.benchmarks.packing.Packing.Rule;

/**
 * Compares rules that choose a host on recorded arrivals, on as few and on as many hosts as {@code itests/benchmarks/replay}
 * does, but without a platform: some seconds a rule instead of half a minute, so that many seeds can be tried. {@code
 * itests/benchmarks/packing FILE [SEEDS]} runs it.
 */
public final class PackingFigures {
    private static final int FEW = 620;
    private static final int MANY = 1_000;
    private static final double NEW = 1e18;

    private PackingFigures() {}

    /** Runs all. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("no file; accepted: FILE [SEEDS]");
        }
        Arrivals trace = new Arrivals(Path.of(arguments[0]));
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        say("means of %d seeds; refused, and their cores, on %d hosts; hosts in use on %d", seeds, FEW, MANY);
        for (Map.Entry<String, Rule> rule : rules().entrySet()) {
            double[] sums = new double[4];
            for (int seed = 1; seed <= seeds; seed++) {
                Result few = Packing.run(trace, seed, FEW, rule.getValue(), false);
                Result many = Packing.run(trace, seed, MANY, rule.getValue(), false);
                sums[0] += few.refused();
                sums[1] += few.cores();
                sums[2] += many.hosts();
                sums[3] += many.refused();
            }
            say(
                    "%-58s refused %5.0f, %6.0f cores; in use %6.2f%s",
                    rule.getKey(),
                    sums[0] / seeds,
                    sums[1] / seeds,
                    sums[2] / seeds,
                    sums[3] == 0 ? "" : ", refused there " + sums[3] / seeds);
        }
        double demand = 0;
        double repacked = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Result many =
                    Packing.run(trace, seed, MANY, rules().values().iterator().next(), true);
            demand += many.demand() / seeds;
            repacked += many.repacked() / seeds;
        }
        say("%-58s in use %6.2f", "all VMs placed anew every 5 minutes, the largest first", repacked);
        say("%-58s in use %6.2f", "VMs cut into pieces", demand);
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        rules.put("the first", (hosts, vm, host) -> 0);
        rules.put("the fewest cores left", (hosts, vm, host) -> hosts.coresLeft(vm, host));
        rules.put("the least memory left", (hosts, vm, host) -> hosts.memoryLeft(vm, host));
        rules.put("the fullest, in sixteenths", fullest(16));
        rules.put("the same, in eighths", fullest(8));
        rules.put("the same, in quarters", fullest(4));
        rules.put("the same, exactly", (hosts, vm, host) -> hosts.largestLeft(vm, host));
        rules.put(
                "the same, hosts without VMs last",
                (hosts, vm, host) -> hosts.empty(host) ? NEW : Math.floor(16 * hosts.largestLeft(vm, host)));
        rules.put(
                "the least left of both together, in quarters",
                (hosts, vm, host) -> Math.floor(2 * (hosts.coresLeft(vm, host) + hosts.memoryLeft(vm, host))));
        rules.put(
                "the shortest vector left, in quarters",
                (hosts, vm, host) -> Math.floor(
                        4 / Math.sqrt(2) * Math.hypot(hosts.coresLeft(vm, host), hosts.memoryLeft(vm, host))));
        rules.put(
                "what is left is most alike, in eighths",
                (hosts, vm, host) -> Math.floor(8 * Math.abs(hosts.coresLeft(vm, host) - hosts.memoryLeft(vm, host))));
        rules.put("used last (move to front)", (hosts, vm, host) -> hosts.empty(host) ? NEW : -hosts.placed(host));
        rules.put("the fullest in quarters, of these used last", inUse(4, (hosts, vm, host) -> -hosts.placed(host)));
        rules.put("the fullest in halves, of these longest in use", inUse(2, (hosts, vm, host) -> hosts.since(host)));
        rules.put("the fullest in quarters, of these longest in use", inUse(4, (hosts, vm, host) -> hosts.since(host)));
        rules.put(
                "best-fit: the fullest in quarters, of these the oldest VM",
                inUse(4, (hosts, vm, host) -> hosts.oldest(host)));
        rules.put("if all lifetimes were known: the least longer in use", PackingFigures::known);
        return rules;
    }

    private static Rule fullest(int steps) {
        return (hosts, vm, host) -> Math.floor(steps * hosts.largestLeft(vm, host));
    }

    /** Chooses among hosts that are equally full by something else, which stays below 1e12. */
    private static Rule inUse(int steps, Rule by) {
        return (hosts, vm, host) -> hosts.empty(host)
                ? NEW
                : 1e12 * Math.floor(steps * hosts.largestLeft(vm, host)) + by.of(hosts, vm, host);
    }

    /** By how much longer the host would be in use, in powers of two; of equals the fullest. */
    private static double known(Packing hosts, Arrivals.Arrival vm, int host) {
        if (hosts.empty(host)) {
            return NEW;
        }
        double longer = Math.max(0, (double) vm.leavesAt() - hosts.until(host));
        double steps = longer == 0 ? 0 : 1 + Math.floor(Math.log1p(longer / Arrivals.PERIOD) / Math.log(2));
        return 100 * steps + Math.floor(16 * hosts.largestLeft(vm, host));
    }
}
