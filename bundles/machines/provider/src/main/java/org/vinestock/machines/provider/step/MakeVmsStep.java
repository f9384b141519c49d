package org.vinestock.machines.provider.step;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.provider.fleet.HostStates;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.task.Request;
import org.vinestock.time.Lane;

/** Runs {@code vm.make} for all VMs that have a place and are not there, some at once, each as a task of its own. */
public final class MakeVmsStep implements StepHandler<MakeVmsStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "machines.make-all";

    private static final int AT_ONCE = 64;
    private static final int SAYS_EVERY = 100;

    private final Platform platform;
    private final Lane lane;

    /**
     * Which VMs.
     *
     * @param count how many were missing when it was planned
     */
    public record Arguments(Labels labels, int count) {}

    MakeVmsStep(Platform platform, Lane lane) {
        this.platform = platform;
        this.lane = lane;
    }

    /** The VMs with some labels that should be on a host which is not down, and are nowhere. */
    public static List<VmId> missing(Labels labels, Snapshot snapshot) {
        List<VmId> missing = new ArrayList<>();
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            @Nullable HostId host = vm.host();
            if (host != null
                    && hasAll(vm.labels(), labels)
                    && snapshot.rows(SiteKinds.VM_OBSERVED).find(vm.id()).isEmpty()
                    && !HostStates.isDown(host, snapshot)) {
                missing.add(vm.id());
            }
        }
        return missing;
    }

    private static boolean hasAll(Labels its, Labels wanted) {
        for (Map.Entry<String, String> each : wanted.values().entrySet()) {
            if (!its.has(each.getKey(), each.getValue())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        Making making =
                new Making(missing(arguments.labels(), platform.inventory().head()), context);
        lane.execute(making::next);
        return making.end;
    }

    /** What was made stays: nobody can say what would be lost with it. */
    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        boolean done = missing(arguments.labels(), context.snapshot()).isEmpty();
        return CompletableFuture.completedFuture(done ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(arguments.count() + " VMs would be made where they should be");
    }

    /** One run; owned by the lane. */
    private final class Making {
        private final Deque<VmId> waiting;
        private final StepContext context;
        private final Request request;
        private final int all;
        private final CompletableFuture<Integer> end = new CompletableFuture<>();
        private int underWay;
        private int ended;
        private int failed;
        private String failure = "";

        Making(List<VmId> missing, StepContext context) {
            this.waiting = new ArrayDeque<>(missing);
            this.all = missing.size();
            this.context = context;
            this.request = new Request(context.by(), null, context.despiteFreeze());
        }

        void next() {
            while (!waiting.isEmpty() && underWay < AT_ONCE && !context.cancelled()) {
                VmId vm = waiting.remove();
                underWay++;
                start(vm).whenCompleteAsync((made, thrown) -> ended(vm, thrown), lane);
            }
            if (underWay == 0) {
                end.complete(all - failed);
            }
        }

        private CompletionStage<?> start(VmId vm) {
            try {
                return platform.operations()
                        .start(MachineOperations.MAKE_VM, new MachineOperations.OneVm(vm), request)
                        .result();
            } catch (IllegalArgumentException | VinestockException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void ended(VmId vm, @Nullable Throwable thrown) {
            underWay--;
            ended++;
            if (thrown != null) {
                failed++;
                failure = "; the last of " + failed + " that were not made is " + vm + ": " + thrown.getMessage();
            }
            if (ended % SAYS_EVERY == 0 || ended == all) {
                context.progress((double) ended / all, ended + " of " + all + failure);
            }
            next();
        }
    }
}
