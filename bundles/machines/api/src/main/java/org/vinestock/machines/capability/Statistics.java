package org.vinestock.machines.capability;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.model.ByteCount;

/** What a VM that runs has used since it was started. */
@ConsumerType
@FunctionalInterface
public interface Statistics {
    /** Asks for them. */
    CompletionStage<Sample> sample();

    /**
     * What was used.
     *
     * @param cpu time of all of its virtual CPUs, and of the host on its behalf
     * @param resident memory of the host that is really in use
     * @param balloon memory that the guest has now
     */
    record Sample(Duration cpu, ByteCount resident, ByteCount balloon, List<DiskUse> disks) {
        /** Copies the list. */
        public Sample {
            disks = List.copyOf(disks);
        }
    }

    /** What went over one disk. */
    record DiskUse(
            String device, long reads, ByteCount read, long writes, ByteCount written, long flushes, long errors) {}
}
