package org.vinestock.qemu.offer;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.capability.Balloon;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Lease;
import org.vinestock.qemu.qmp.Json;

/** The virtio balloon. */
public record VmBalloon(Reach vm, Admission admission) implements Balloon {
    /** Refuses a lease that was taken over. */
    @FunctionalInterface
    public interface Admission {
        /** Called by threads that may wait. */
        void admit(Lease lease) throws java.io.IOException;
    }

    @Override
    public CompletionStage<ByteCount> size() {
        return vm.work(() -> asked(vm));
    }

    static ByteCount asked(Reach vm) throws InterruptedException {
        return vm.execute("query-balloon", Json.object()) instanceof Map<?, ?> answer
                        && answer.get("actual") instanceof Long actual
                ? new ByteCount(actual)
                : new ByteCount(0);
    }

    @Override
    public CompletionStage<?> target(ByteCount size, Lease lease) {
        return vm.work(() -> {
            admission.admit(lease);
            return vm.execute("balloon", Json.object("value", size.bytes()));
        });
    }
}
