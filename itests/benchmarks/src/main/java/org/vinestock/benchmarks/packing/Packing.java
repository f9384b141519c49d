package org.vinestock.benchmarks.packing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.vinestock.benchmarks.packing.Arrivals.Arrival;
import org.vinestock.benchmarks.packing.Arrivals.Flavour;

/** Hosts of one size that are filled by one rule as VMs arrive and leave. No VM moves. */
final class Packing {
    private static final long MILLICORES = 64_000;
    private static final long BYTES = 256L << 30;

    /** Says how little it wants a VM on a host; the host with the least takes it, of equals the first. */
    @FunctionalInterface
    interface Rule {
        double of(Packing hosts, Arrival vm, int host);
    }

    /**
     * What came of it.
     *
     * @param cores of the VMs that were refused
     * @param hosts in use, on average
     * @param demand hosts that the VMs there would fill if they could be cut into pieces, on average
     * @param repacked hosts that the VMs there need if all are packed anew every period, the largest first, on average
     */
    record Result(int refused, long cores, double hosts, double demand, double repacked) {}

    /** Number {@code number} of all that were placed. */
    private record Resident(Arrival vm, int host, long number) {}

    private final List<Flavour> flavours;
    private final long[] millicores;
    private final long[] bytes;
    private final int[] vms;
    private final long[] since;
    private final long[] placed;
    private final List<TreeSet<Long>> residents = new ArrayList<>();
    private final long[] until;
    private final int[] there;
    private long number;

    private Packing(int hosts, List<Flavour> flavours) {
        this.flavours = flavours;
        millicores = new long[hosts];
        bytes = new long[hosts];
        vms = new int[hosts];
        since = new long[hosts];
        placed = new long[hosts];
        for (int host = 0; host < hosts; host++) {
            residents.add(new TreeSet<>());
        }
        until = new long[hosts];
        there = new int[flavours.size()];
    }

    /** The largest share of a resource that is left on a host after a VM is placed there. */
    double largestLeft(Arrival vm, int host) {
        return Math.max(coresLeft(vm, host), memoryLeft(vm, host));
    }

    double coresLeft(Arrival vm, int host) {
        return 1 - (double) (millicores[host] + flavours.get(vm.flavour()).millicores()) / MILLICORES;
    }

    double memoryLeft(Arrival vm, int host) {
        return 1 - (double) (bytes[host] + flavours.get(vm.flavour()).bytes()) / BYTES;
    }

    boolean empty(int host) {
        return vms[host] == 0;
    }

    /** When a host that is in use came to be so. */
    long since(int host) {
        return since[host];
    }

    /** The number of the oldest placement that is still on a host. */
    long oldest(int host) {
        return residents.get(host).first();
    }

    /** The number of the placement that a host got last. */
    long placed(int host) {
        return placed[host];
    }

    /** When a host would be empty if no more VMs came; nobody knows that. */
    long until(int host) {
        return until[host];
    }

    static Result run(Arrivals trace, long seed, int hosts, Rule rule, boolean repack) {
        Packing packing = new Packing(hosts, trace.flavours());
        PriorityQueue<Resident> leaving =
                new PriorityQueue<>(Comparator.comparingLong(resident -> resident.vm.leavesAt()));
        List<Arrival> arrivals = trace.draw(seed);
        int refused = 0;
        long cores = 0;
        double used = 0;
        double demand = 0;
        double repacked = 0;
        int next = 0;
        for (int period = 0; period < trace.periods(); period++) {
            long end = (period + 1) * Arrivals.PERIOD;
            for (; next < arrivals.size() && arrivals.get(next).at() < end; next++) {
                Arrival vm = arrivals.get(next);
                packing.leave(leaving, vm.at());
                int host = packing.choose(rule, vm);
                if (host < 0) {
                    refused++;
                    cores += trace.flavours().get(vm.flavour()).millicores() / 1000;
                } else {
                    packing.place(vm, host);
                    leaving.add(new Resident(vm, host, packing.number));
                }
            }
            packing.leave(leaving, end);
            used += packing.used();
            demand += packing.demand();
            repacked += repack ? Repacking.hosts(packing.there, trace.flavours(), MILLICORES, BYTES) : 0;
        }
        int periods = trace.periods();
        return new Result(refused, cores, used / periods, demand / periods, repacked / periods);
    }

    private int choose(Rule rule, Arrival vm) {
        Flavour size = flavours.get(vm.flavour());
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int host = 0; host < vms.length; host++) {
            if (millicores[host] + size.millicores() <= MILLICORES && bytes[host] + size.bytes() <= BYTES) {
                double of = rule.of(this, vm, host);
                if (of < least) {
                    best = host;
                    least = of;
                }
            }
        }
        return best;
    }

    private void place(Arrival vm, int host) {
        take(vm, host, 1);
        if (vms[host] == 1) {
            since[host] = vm.at();
            until[host] = 0;
        }
        until[host] = Math.max(until[host], vm.leavesAt());
        placed[host] = ++number;
        residents.get(host).add(number);
    }

    private void leave(PriorityQueue<Resident> leaving, long upTo) {
        while (!leaving.isEmpty() && leaving.element().vm.leavesAt() <= upTo) {
            Resident gone = leaving.remove();
            take(gone.vm, gone.host, -1);
            residents.get(gone.host).remove(gone.number);
        }
    }

    private void take(Arrival vm, int host, int times) {
        millicores[host] += times * flavours.get(vm.flavour()).millicores();
        bytes[host] += times * flavours.get(vm.flavour()).bytes();
        vms[host] += times;
        there[vm.flavour()] += times;
    }

    private int used() {
        int used = 0;
        for (int count : vms) {
            used += count > 0 ? 1 : 0;
        }
        return used;
    }

    private double demand() {
        long allCores = 0;
        long allBytes = 0;
        for (int host = 0; host < vms.length; host++) {
            allCores += millicores[host];
            allBytes += bytes[host];
        }
        return Math.max((double) allCores / MILLICORES, (double) allBytes / BYTES);
    }
}
