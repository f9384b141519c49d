package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.nbd.Export;
import org.vinestock.dataplane.engine.nbd.Exports;
import org.vinestock.dataplane.engine.nbd.NbdServer;
import org.vinestock.dataplane.engine.nbd.Traffic;

/**
 * What the process serves, in step with its journal: a disk is acknowledged when it is journaled and served, and gone when
 * it is neither. Owned by its lock.
 */
final class Disks {
    /** How many are served at once; their maps take half of the heap. */
    static final int MOST = 64;

    private final Journal journal;
    private final NbdServer server;
    private final Exports exports;
    private final IoThreads threads;
    private final Uses uses;
    private final Map<String, Disk> disks = new TreeMap<>();
    private long epoch;
    private String holder;
    private boolean drained;

    /** @param problem why it is not served, although it should be */
    private record Disk(
            DiskSpec spec,
            @Nullable Export export,
            Uses.@Nullable Held held,
            @Nullable String problem) {}

    /** Opens all that the journal names; what cannot be opened is listed with the reason. */
    Disks(Journal journal, NbdServer server, Exports exports, IoThreads threads, Uses uses, Consumer<String> log)
            throws IOException {
        this.journal = journal;
        this.server = server;
        this.exports = exports;
        this.threads = threads;
        this.uses = uses;
        Journal.Content content = journal.read();
        epoch = content.epoch();
        holder = content.holder();
        for (DiskSpec spec : content.disks()) {
            Disk disk;
            try {
                disk = open(spec);
            } catch (RefusedException e) {
                log.accept(spec.name() + " is not served: " + e.getMessage());
                disk = new Disk(spec, null, null, e.getMessage());
            }
            disks.put(spec.name(), disk);
        }
    }

    private Disk open(DiskSpec spec) throws RefusedException {
        if (spec.chain().isEmpty()) {
            throw new RefusedException("INVALID", "chain has no file");
        }
        long served =
                disks.values().stream().filter(disk -> disk.export != null).count();
        if (served >= MOST) {
            throw new RefusedException("NO_ROOM", MOST + " disks are served here already, which is all that fits");
        }
        Path top = Path.of(spec.chain().get(0));
        String format = Formats.format(top, spec.format());
        Uses.Held held = uses.by("it is served as " + spec.name());
        try {
            List<Formats.Described> chain = Formats.chain(top, format);
            refuseOtherChain(spec, chain);
            if (spec.writable()) {
                held.changing(top);
            } else {
                held.reading(top);
            }
            for (Formats.Described each : chain.subList(1, chain.size())) {
                held.reading(each.file());
            }
            BlockDevice device = Formats.open(top, format, spec.writable(), threads);
            Export export = new Export(
                    spec.name(), "", device, spec.writable(), false, false, Map.of(), new Traffic(device.size()));
            exports.add(export);
            return new Disk(spec, export, held, null);
        } catch (RefusedException e) {
            held.close();
            throw e;
        } catch (IllegalArgumentException e) {
            held.close();
            throw new RefusedException("INVALID", String.valueOf(e.getMessage()));
        }
    }

    /** A chain that is given whole must be the one that the images name. */
    private static void refuseOtherChain(DiskSpec spec, List<Formats.Described> chain) throws RefusedException {
        List<String> there = chain.stream().map(each -> each.file().toString()).toList();
        List<String> said = spec.chain();
        if (said.size() > 1 && !said.equals(there)) {
            throw new RefusedException(
                    "CANNOT_OPEN",
                    said.get(0) + " is backed by " + there.subList(1, there.size()) + ", not by "
                            + said.subList(1, said.size()));
        }
    }

    /** Somebody wants to give orders: whoever shows an epoch that is older than one seen is refused. */
    synchronized void take(long by, String who) throws RefusedException, IOException {
        check(by);
        if (by > epoch) {
            journal.write(new Journal.Content(by, who, specs()));
            epoch = by;
            holder = who;
        }
    }

    private void check(long by) throws RefusedException {
        if (by < epoch) {
            throw new RefusedException(
                    "STALE_EPOCH", "epoch " + by + " is older than " + epoch + ", which " + holder + " showed");
        }
        if (drained) {
            throw new RefusedException("DRAINED", "this process has handed its disks over");
        }
    }

    private List<DiskSpec> specs() {
        return disks.values().stream().map(Disk::spec).toList();
    }

    /** Whether there is anything that it should serve. */
    synchronized boolean servesAny() {
        return !disks.isEmpty();
    }

    /** The newest epoch that was shown. */
    synchronized long epoch() {
        return epoch;
    }

    /** Serves a disk; the same one again changes nothing. */
    synchronized void serve(long by, DiskSpec spec) throws RefusedException, IOException {
        check(by);
        Disk there = disks.get(spec.name());
        if (there != null && !there.spec.equals(spec)) {
            throw new RefusedException("EXISTS", spec.name() + " is served otherwise: " + there.spec);
        }
        if (there != null && there.export != null) {
            return;
        }
        disks.put(spec.name(), open(spec));
        if (there == null) {
            journal.write(new Journal.Content(epoch, holder, specs()));
        }
    }

    /** Serves it no longer: clients' requests in flight end, what they wrote is durable. */
    synchronized void withdraw(long by, String name) throws RefusedException, IOException, InterruptedException {
        check(by);
        Disk disk = disks.get(name);
        if (disk == null) {
            throw new RefusedException("NOT_SERVED", name + " is not served");
        }
        if (disk.export != null) {
            server.withdraw(name);
            disk.export.device().close();
        }
        if (disk.held != null) {
            disk.held.close();
        }
        disks.remove(name);
        journal.write(new Journal.Content(epoch, holder, specs()));
    }

    /** Closes all, and keeps the journal for the next process: clients come back to that one. */
    synchronized void drain(long by) throws RefusedException, IOException {
        check(by);
        close();
    }

    /** Ends as {@link #drain} does, asked by nobody. */
    synchronized void close() throws IOException {
        if (drained) {
            return;
        }
        drained = true;
        server.close();
        for (Disk disk : disks.values()) {
            if (disk.export != null) {
                disk.export.device().close();
            }
        }
    }

    synchronized List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        for (Disk disk : disks.values()) {
            Map<String, @Nullable Object> fields = disk.spec.fields();
            fields.put("problem", disk.problem);
            fields.put("size", disk.export == null ? null : disk.export.device().size());
            list.add(fields);
        }
        return list;
    }

    /** The device under a name. */
    synchronized BlockDevice device(String name) throws RefusedException {
        Disk disk = disks.get(name);
        if (disk == null || disk.export == null) {
            throw new RefusedException("NOT_SERVED", name + " is not served");
        }
        return disk.export.device();
    }

    /** What clients did since the process began, with the granules that they touched. */
    List<@Nullable Object> traffic() {
        List<@Nullable Object> list = new ArrayList<>();
        for (Export export : exports.list()) {
            Traffic traffic = export.traffic();
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("name", export.name());
            fields.put("reads", traffic.reads());
            fields.put("readBytes", traffic.readBytes());
            fields.put("writes", traffic.writes());
            fields.put("writtenBytes", traffic.writtenBytes());
            fields.put("flushes", traffic.flushes());
            fields.put("granuleBytes", traffic.granuleBytes());
            List<@Nullable Object> ranges = new ArrayList<>();
            for (int i = 0; i < traffic.granules(); i++) {
                if (traffic.readAt(i) > 0 || traffic.writtenAt(i) > 0) {
                    ranges.add(List.of((long) i, traffic.readAt(i), traffic.writtenAt(i)));
                }
            }
            fields.put("ranges", ranges);
            list.add(fields);
        }
        return list;
    }
}
