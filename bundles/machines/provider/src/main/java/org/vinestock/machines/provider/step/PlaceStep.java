package org.vinestock.machines.provider.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Decision;
import org.vinestock.decision.Decisions;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.provider.fleet.Leftover;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.Placements;
import org.vinestock.time.Lane;

/**
 * Asks where a VM goes and reserves that place: the VM's row then names its host. What it leaves behind on a host that is
 * down is noted, to be removed once the host is back.
 */
public final class PlaceStep implements StepHandler<PlaceStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "machines.place";

    private final Decisions decisions;
    private final SiteRows rows;
    private final Outcomes outcomes;
    private final Lane lane;

    PlaceStep(Decisions decisions, SiteRows rows, Outcomes outcomes, Lane lane) {
        this.decisions = decisions;
        this.rows = rows;
        this.outcomes = outcomes;
        this.lane = lane;
    }

    /**
     * Arguments.
     *
     * @param vm as it is before; its host is the one that it leaves, or null if it is new
     */
    public record Arguments(Vm vm) {
        boolean isPlaced(Optional<Vm> row) {
            @Nullable HostId host = row.map(Vm::host).orElse(null);
            return host != null && !host.equals(vm.host());
        }

        PlacementQuestion question() {
            @Nullable HostId left = vm.host();
            return new PlacementQuestion(
                    vm.id(), vm.millicores(), vm.size(), vm.labels(), null, left == null ? List.of() : List.of(left));
        }

        Vm on(HostId host) {
            return new Vm(vm.id(), vm.millicores(), vm.size(), vm.labels(), vm.power(), host);
        }
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
    public boolean onlyCommits() {
        return true;
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        if (arguments.isPlaced(row(arguments, context.snapshot()))) {
            return CompletableFuture.completedFuture(null);
        }
        return decisions
                .reserve(
                        Placements.PLACE,
                        arguments.question(),
                        (choice, snapshot) -> changes(arguments, choice, snapshot),
                        context.despiteFreeze())
                .thenApplyAsync(decision -> placed(arguments, decision), lane);
    }

    private static ChangeSet changes(Arguments arguments, Placement choice, Snapshot snapshot) {
        long basis = snapshot.ref().revision();
        if (choice instanceof Placement.Placed placed) {
            Vm row = arguments.on(placed.host());
            List<Change> changes = new ArrayList<>();
            changes.add(new Change.Put<>(SiteKinds.VM, row.id(), row));
            @Nullable HostId left = arguments.vm().host();
            if (left != null || Leftover.isOn(placed.host(), row.id(), snapshot)) {
                List<HostId> note = left == null ? List.of() : List.of(left);
                changes.add(Leftover.changed(row.id(), note, List.of(placed.host()), snapshot));
            }
            return new ChangeSet(basis, changes);
        }
        return new ChangeSet(basis, List.of());
    }

    private Placement placed(Arguments arguments, Decision<Placement> decision) {
        Placement choice = decision.answer().choice();
        if (choice instanceof Placement.Refused refused) {
            throw new VinestockException(MachineError.NO_HOST_FITS, refused.because());
        }
        outcomes.placed(arguments.vm().id(), decision.id(), ((Placement.Placed) choice).host());
        return choice;
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        Vm before = arguments.vm();
        outcomes.takenBack(before.id());
        Optional<Vm> row = row(arguments, context.snapshot());
        if (row.isEmpty() || row.get().equals(before)) {
            return CompletableFuture.completedFuture(null);
        }
        @Nullable HostId host = before.host();
        return host == null
                ? rows.commit(new Change.Removed(SiteKinds.VM, before.id()))
                : rows.commit(
                        new Change.Put<>(SiteKinds.VM, before.id(), before),
                        Leftover.forgotten(before.id(), host, context.snapshot()));
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        boolean placed = arguments.isPlaced(row(arguments, context.snapshot()));
        return CompletableFuture.completedFuture(placed ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return decisions
                .ask(Placements.PLACE, arguments.question())
                .thenApplyAsync(decision -> preview(arguments, decision), lane);
    }

    private static String preview(Arguments arguments, Decision<Placement> decision) {
        Placement choice = decision.answer().choice();
        return choice instanceof Placement.Refused refused
                ? "would be refused: " + refused.because()
                : arguments.vm().id() + " would go to " + choice + " ("
                        + decision.by().shortName() + ", " + decision.answer().because() + ")";
    }

    private static Optional<Vm> row(Arguments arguments, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM).find(arguments.vm().id());
    }
}
