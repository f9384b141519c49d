package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.vinestock.dataplane.engine.block.InFlight;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.Header;

/**
 * Gives clusters of a file out and takes them back, so that at no moment one is in use whose count does not say so.
 *
 * <p>Clusters are reserved in batches: their counts are durable before the first of a batch is used, so using one takes no
 * waiting; what a process that dies had not used is a leak. A cluster that is no longer referred to is free again when
 * that is durable and no request is under way that may have seen it.
 */
final class Allocator {
    private static final int FIRST_BATCH = 8;
    private static final long MOST_BATCH_BYTES = 64L << 20;
    private static final int MOST_BATCH = 4096;

    /** Some clusters in a row, for whoever asked. */
    static final class Run {
        long first;
        int count;

        /** They were never used: they are zeroes, durably. */
        boolean fresh;
    }

    private final Medium medium;
    private final int clusterBits;
    private final Refcounts refcounts;
    private final InFlight inFlight;
    private final Retired retired = new Retired();
    private final Set<Long> tables = ConcurrentHashMap.newKeySet();
    private final long endAtOpen;
    private long end;
    private long next;
    private long limit;
    private boolean fresh;
    private long cursor;
    private int batch = FIRST_BATCH;

    Allocator(Medium medium, Header header, Refcounts refcounts, InFlight inFlight) throws IOException {
        this.medium = medium;
        this.clusterBits = header.clusterBits();
        this.refcounts = refcounts;
        this.inFlight = inFlight;
        this.end = (medium.size() + header.clusterSize() - 1) >>> clusterBits;
        this.endAtOpen = end;
        addTable(0, 1);
        addTable(refcounts.tableOffset() >>> clusterBits, refcounts.tableClusters());
        for (int i = 0; i < refcounts.tableLength(); i++) {
            if (refcounts.block(i) != 0) {
                addTable(refcounts.block(i) >>> clusterBits, 1);
            }
        }
    }

    /** Says that clusters hold the image's own tables, which no guest may write to; false if they did already. */
    boolean addTable(long first, long count) {
        boolean all = true;
        for (long i = first; i < first + count; i++) {
            all &= tables.add(i);
        }
        return all;
    }

    /** Whether an offset in the file is one of the image's own tables. */
    boolean table(long offset) {
        return tables.contains(offset >>> clusterBits);
    }

    /** Gives {@code run} between one and {@code most} clusters. */
    synchronized void allocate(int most, Run run) throws IOException {
        if (next == limit) {
            reserve();
        }
        run.first = next;
        run.count = (int) Math.min(most, limit - next);
        run.fresh = fresh;
        next += run.count;
    }

    /** Gives exactly {@code count} clusters in a row, which are zeroes. */
    synchronized long allocateTogether(int count) throws IOException {
        cover(count);
        long first = end;
        take(count);
        return first;
    }

    private void reserve() throws IOException {
        if (!reserveFreed()) {
            cover(batch);
            long first = end;
            take(batch);
            next = first;
            limit = first + batch;
            fresh = true;
            batch = (int) Math.min(Math.min(batch * 2L, MOST_BATCH), Math.max(1, MOST_BATCH_BYTES >>> clusterBits));
        }
    }

    private boolean reserveFreed() throws IOException {
        while (cursor < end) {
            cursor = refcounts.firstFree(cursor, end);
            if (cursor == end || !refcounts.covered(cursor)) {
                cursor = end;
            } else if (tables.contains(cursor)) {
                cursor++;
            } else {
                long first = cursor++;
                while (cursor < end
                        && cursor - first < batch
                        && refcounts.covered(cursor)
                        && refcounts.get(cursor) == 0
                        && !tables.contains(cursor)) {
                    cursor++;
                }
                refcounts.set(first, cursor - first, 1);
                medium.force();
                next = first;
                limit = cursor;
                fresh = false;
                return true;
            }
        }
        return false;
    }

    /** Counts clusters at the end of the file, which are covered. */
    private void take(int count) throws IOException {
        medium.resize((end + count) << clusterBits);
        refcounts.set(end, count, 1);
        medium.force();
        end += count;
    }

    /** Makes blocks for the {@code count} clusters after the end, which may move the end. */
    private void cover(int count) throws IOException {
        long at = end;
        while (at < end + count) {
            if (refcounts.covered(at)) {
                at = ((at >>> refcounts.blockBits()) + 1) << refcounts.blockBits();
            } else {
                addBlock(at);
                at = end;
            }
        }
    }

    /** Makes sure that a cluster can be counted. */
    synchronized void ensureCovered(long cluster) throws IOException {
        while (!refcounts.covered(cluster)) {
            addBlock(cluster);
        }
    }

    private void addBlock(long of) throws IOException {
        // A block of its own range first, so that the cluster it takes is always counted.
        if (!refcounts.covered(end) && of >>> refcounts.blockBits() != end >>> refcounts.blockBits()) {
            addBlock(end);
            return;
        }
        if (Math.max(of, end) >>> refcounts.blockBits() >= refcounts.tableLength()) {
            growTable();
            return;
        }
        long cluster = end;
        medium.resize((cluster + 1) << clusterBits);
        if (refcounts.covered(cluster)) {
            refcounts.set(cluster, 1, 1);
        }
        end++;
        addTable(cluster, 1);
        refcounts.addBlock(of, cluster);
    }

    private void growTable() throws IOException {
        int perCluster = 1 << (clusterBits - 3);
        int oldClusters = refcounts.tableClusters();
        int clusters = oldClusters + oldClusters / 2 + 1;
        if ((long) clusters << clusterBits > Header.MOST_REFCOUNT_TABLE_BYTES) {
            clusters = (int) (Header.MOST_REFCOUNT_TABLE_BYTES >>> clusterBits);
            if (clusters <= oldClusters) {
                throw new IOException("No space left on device: the refcount table may not be larger than 8 MiB");
            }
        }
        long first = end;
        long[] table = refcounts.grown(clusters * perCluster);
        long last = first + clusters;
        for (long at = first; at < last; at = ((at >>> refcounts.blockBits()) + 1) << refcounts.blockBits()) {
            int index = (int) (at >>> refcounts.blockBits());
            if (table[index] == 0) {
                table[index] = last++ << clusterBits;
            }
        }
        medium.resize(last << clusterBits);
        long oldFirst = refcounts.tableOffset() >>> clusterBits;
        refcounts.setIn(table, first, last - first, 1);
        ByteBuffer bytes = ByteBuffer.allocate(table.length * Long.BYTES);
        bytes.asLongBuffer().put(table);
        medium.write(first << clusterBits, bytes);
        medium.force();
        addTable(first, last - first);
        end = last;
        refcounts.moveTable(first << clusterBits, table);
        refcounts.set(oldFirst, oldClusters, 0);
        for (long i = oldFirst; i < oldFirst + oldClusters; i++) {
            tables.remove(i);
        }
        cursor = Math.min(cursor, oldFirst);
    }

    /** A cluster is referred to once less, as soon as that is durable. */
    synchronized void retire(long cluster) {
        retired.add(cluster, inFlight.phase());
    }

    /** Whether clusters can be referred to once more; then they are counted so. */
    synchronized boolean raise(long first, long last) throws IOException {
        for (long i = first; i <= last; i++) {
            if (refcounts.get(i) >= refcounts.most()) {
                return false;
            }
        }
        for (long i = first; i <= last; i++) {
            refcounts.set(i, 1, refcounts.get(i) + 1);
        }
        return true;
    }

    /** Clusters were given and are not used after all. */
    synchronized void giveBack(Run run) {
        for (int i = 0; i < run.count; i++) {
            retired.add(run.first + i, inFlight.phase());
        }
    }

    /** How many clusters wait to be free; what is given to {@link #release} after the medium was forced. */
    synchronized int waiting() {
        return retired.size();
    }

    /** Frees those of the first {@code forced} retired clusters that no request can be looking at. */
    synchronized void release(int forced) throws IOException {
        inFlight.advance();
        releaseUntil(forced, inFlight.phase() - 2);
    }

    private void releaseUntil(int forced, long phase) throws IOException {
        int done = 0;
        while (done < forced && retired.phase(done) <= phase) {
            long first = retired.cluster(done);
            int count = 1;
            while (done + count < forced
                    && retired.phase(done + count) <= phase
                    && retired.cluster(done + count) == first + count) {
                count++;
            }
            lower(first, count);
            done += count;
        }
        retired.removeFirst(done);
    }

    private void lower(long first, int count) throws IOException {
        int free = 0;
        for (int i = 0; i < count; i++) {
            long now = refcounts.get(first + i);
            if (now == 1) {
                free++;
            } else {
                freeRun(first + i - free, free);
                free = 0;
                if (now > 1) {
                    refcounts.set(first + i, 1, now - 1);
                }
            }
        }
        freeRun(first + count - free, free);
    }

    private void freeRun(long first, int count) throws IOException {
        if (count > 0) {
            refcounts.set(first, count, 0);
            medium.punch(first << clusterBits, (long) count << clusterBits);
            cursor = Math.min(cursor, first);
            for (long i = first; i < first + count; i++) {
                tables.remove(i);
            }
        }
    }

    /** Gives back all that is reserved or retired; nothing is under way, and all is durable. */
    synchronized void close() throws IOException {
        releaseUntil(retired.size(), Long.MAX_VALUE);
        if (next < limit) {
            refcounts.set(next, limit - next, 0);
            limit = next;
        }
        medium.force();
        long last = end;
        // Where it ended before is not ours to judge: its counts may be wrong.
        while (last > endAtOpen && refcounts.get(last - 1) == 0) {
            last--;
        }
        if (last < end) {
            medium.resize(last << clusterBits);
            end = last;
        }
    }
}
