package org.vinestock.lab.replay;

import java.util.Arrays;
import java.util.List;

/**
 * Recorded arrivals of VMs, as columns: VM {@code i} is of one flavour, belongs to a tenant's batch and has a class of
 * lifetimes. VMs are in the order of their arrival.
 *
 * <p>Source of the format: the traces of huaweicloud/trace_generation_rnn, made from AzurePublicDataset V1. Four files:
 *
 * <ul>
 *   <li>{@code NAME.txt}: a line a period, {@code seconds tokens}; tokens are separated by commas: a letter is a VM of that
 *       flavour, a bar ends the batch of a tenant.
 *   <li>{@code NAME.cN.txt}: the same lines with the lifetime instead of the flavour: {@code U7} ended within bin 7,
 *       {@code C7} was still running when the record ended, that long after it began.
 *   <li>{@code FIRST.interval_map.txt}, where FIRST is the part of NAME before its first dot: {@code seconds bin}.
 *   <li>{@code flav_map.txt}: {@code vCPU,GB letter}; a GB is read as 2^30 bytes.
 * </ul>
 *
 * <p>A file whose name ends in {@code .gz} is unpacked.
 *
 * @param periods the second at which each period begins
 * @param periodEnds how many VMs there are up to the end of each period
 * @param batchEnds how many VMs there are up to the end of each batch; a batch lies within one period
 * @param flavour index in {@code flavours} for each VM
 * @param bin class of lifetime for each VM
 * @param ended for each VM whether its end was recorded; otherwise it stays
 */
@SuppressWarnings("ArrayRecordComponent") // columns, never compared
record ArrivalTrace(
        List<Flavour> flavours,
        LifetimeBins bins,
        long[] periods,
        int[] periodEnds,
        int[] batchEnds,
        byte[] flavour,
        byte[] bin,
        boolean[] ended) {

    /** Copies the list. */
    ArrivalTrace {
        flavours = List.copyOf(flavours);
    }

    /** How many VMs arrive. */
    int vms() {
        return flavour.length;
    }

    /** Seconds from the first period's beginning to the last one's end. */
    long seconds() {
        int last = periods.length - 1;
        return periods[last] - periods[0] + periodSeconds(last);
    }

    /** The periods that begin within the first so many seconds, with their arrivals; one at least. */
    ArrivalTrace first(long seconds) {
        int last = 0;
        while (last + 1 < periods.length && periods[last + 1] - periods[0] < seconds) {
            last++;
        }
        int kept = periodEnds[last];
        int batches = 0;
        while (batches < batchEnds.length && batchEnds[batches] <= kept) {
            batches++;
        }
        return new ArrivalTrace(
                flavours,
                bins,
                Arrays.copyOf(periods, last + 1),
                Arrays.copyOf(periodEnds, last + 1),
                Arrays.copyOf(batchEnds, batches),
                Arrays.copyOf(flavour, kept),
                Arrays.copyOf(bin, kept),
                Arrays.copyOf(ended, kept));
    }

    /** How long a period is; the last one is as long as the one before. */
    long periodSeconds(int period) {
        if (periods.length == 1) {
            return Math.max(1, bins.upTo(Math.min(1, bins.count() - 1)));
        }
        int from = Math.min(period, periods.length - 2);
        return periods[from + 1] - periods[from];
    }
}
