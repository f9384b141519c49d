package org.vinestock.machines.provider.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.disk.Disk;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations.OneHost;
import org.vinestock.machines.provider.step.SiteRows;
import org.vinestock.machines.site.HostVms;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** Removes the rows of a host on which nothing is, also in the state that it commits to. */
final class RemoveHostStep implements StepHandler<OneHost> {
    static final String KIND = "machines.remove-host";

    private static final int NAMED = 4;

    private final SiteRows rows;

    RemoveHostStep(SiteRows rows) {
        this.rows = rows;
    }

    /** Says what is, or should be, on a host; empty = nothing. */
    static String stillOn(HostId host, Snapshot snapshot) {
        int row = snapshot.hosts().row(host);
        List<VmId> vms = HostVms.of(snapshot).on(row);
        if (!vms.isEmpty()) {
            return "VMs are, or should be, on " + host + ": "
                    + some(vms.stream().map(VmId::value).toList());
        }
        List<String> disks = new ArrayList<>();
        for (Disk disk : snapshot.rows(Disk.KIND)) {
            if (disk.host().equals(host)) {
                disks.add(disk.id().value());
            }
        }
        return disks.isEmpty() ? "" : "disks are on " + host + ": " + some(disks);
    }

    private static String some(List<String> names) {
        return names.size() <= NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<OneHost> argumentsType() {
        return OneHost.class;
    }

    @Override
    public boolean onlyCommits() {
        return true;
    }

    @Override
    public CompletionStage<?> apply(OneHost arguments, StepContext context) {
        return rows.commitChecked(snapshot -> removed(arguments.id(), snapshot));
    }

    private static List<Change> removed(HostId host, Snapshot snapshot) {
        String why = stillOn(host, snapshot);
        if (!why.isEmpty()) {
            throw new VinestockException(MachineError.CHANGED_MEANWHILE, why + "; it stays");
        }
        return List.of(new Change.Removed(SiteKinds.HOST, host), new Change.Removed(SiteKinds.HOST_OBSERVED, host));
    }

    /** It is one commit: there is nothing that was done in part. */
    @Override
    public CompletionStage<?> undo(OneHost arguments, StepContext context) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<StepState> probe(OneHost arguments, StepContext context) {
        boolean there =
                context.snapshot().rows(SiteKinds.HOST).find(arguments.id()).isPresent();
        return CompletableFuture.completedFuture(there ? StepState.NOT_BEGUN : StepState.DONE);
    }

    @Override
    public CompletionStage<String> preview(OneHost arguments, StepContext context) {
        return CompletableFuture.completedFuture(arguments.id() + " would be forgotten");
    }
}
