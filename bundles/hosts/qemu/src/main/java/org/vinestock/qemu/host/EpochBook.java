package org.vinestock.qemu.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.MachineError;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.qemu.process.KeptFile;
import org.vinestock.qemu.qmp.Json;

/**
 * The newest epochs of VMs that are not on this host any more, so that what was asked before and comes late is refused. A
 * file that is on the disk when a method returns; the thousand newest. Its lock is its own monitor.
 */
final class EpochBook {
    private static final int MOST = 1_000;

    private final Path file;
    private final Map<String, Long> epochs = new LinkedHashMap<>();

    EpochBook(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            for (Map.Entry<String, @Nullable Object> each :
                    Json.read(Files.readAllBytes(file)).entrySet()) {
                if (each.getValue() instanceof Long epoch) {
                    epochs.put(each.getKey(), epoch);
                }
            }
        }
    }

    /** The newest epoch of a VM; 0 if none is remembered. */
    synchronized long of(VmId vm) {
        return epochs.getOrDefault(vm.value(), 0L);
    }

    /**
     * Refuses a lease that somebody else has taken over.
     *
     * @throws VinestockException with {@link MachineError#STALE_EPOCH}
     */
    static void refuseOlder(HostId host, VmId vm, Lease lease, long newest) {
        if (lease.epoch() < newest) {
            throw new VinestockException(
                    MachineError.STALE_EPOCH,
                    "epoch " + lease.epoch() + " of " + lease.holder() + " is over: " + host + " has seen " + newest
                            + " of " + vm);
        }
    }

    synchronized void remember(VmId vm, long epoch) throws IOException {
        long newest = Math.max(epoch, of(vm));
        epochs.remove(vm.value()); // it becomes the youngest
        epochs.put(vm.value(), newest);
        if (epochs.size() > MOST) {
            epochs.remove(epochs.keySet().iterator().next());
        }
        KeptFile.replace(file, Json.write(epochs));
    }
}
