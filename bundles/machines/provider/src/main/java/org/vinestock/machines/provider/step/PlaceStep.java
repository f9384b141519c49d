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
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.fleet.Leftover;
import org.vinestock.machines.provider.hardware.Whereabouts;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.placement.HostScan;
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

    /** What is wrong with a host that is down or in maintenance does not keep a VM from going back to it. */
    private static final List<String> AWAY_FOR_A_WHILE = List.of("down", "maintenance");

    private final Decisions decisions;
    private final SiteRows rows;
    private final Outcomes outcomes;
    private final Fleet fleet;
    private final Lane lane;

    PlaceStep(Decisions decisions, SiteRows rows, Outcomes outcomes, Fleet fleet, Lane lane) {
        this.decisions = decisions;
        this.fleet = fleet;
        this.rows = rows;
        this.outcomes = outcomes;
        this.lane = lane;
    }

    /**
     * Arguments.
     *
     * @param vm as it is before; its host is the one that it leaves, or null if it has none
     * @param existed whether it is there already; else it is new
     * @param only hosts of which it must be one; empty = any
     * @param because why only these
     */
    public record Arguments(Vm vm, boolean existed, List<HostId> only, String because) {
        /** Copies the list. */
        public Arguments {
            only = List.copyOf(only);
        }

        /** One that any host can take. */
        public Arguments(Vm vm, boolean existed) {
            this(vm, existed, List.of(), "");
        }

        /** One that some hosts can take. */
        public Arguments(Vm vm, boolean existed, Whereabouts where) {
            this(vm, existed, where.orThrow(vm.id()), where.because());
        }
        /** A new VM, or one that leaves a host. */
        public Arguments(Vm vm) {
            this(vm, vm.host() != null);
        }

        boolean isPlaced(Optional<Vm> row) {
            @Nullable HostId host = row.map(Vm::host).orElse(null);
            return host != null && !host.equals(vm.host());
        }

        PlacementQuestion question() {
            @Nullable HostId left = vm.host();
            return new PlacementQuestion(
                    vm.id(),
                    vm.millicores(),
                    vm.size(),
                    vm.labels(),
                    null,
                    left == null ? List.of() : List.of(left),
                    only);
        }

        /** What is said of it, and why only some hosts were asked about. */
        String with(String refusal) {
            return because.isEmpty() ? refusal : refusal + "; " + because;
        }

        Vm on(HostId host) {
            return vm.on(host);
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
                        context)
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
            throw new VinestockException(MachineError.NO_HOST_FITS, arguments.with(refused.because()));
        }
        outcomes.placed(arguments.vm().id(), decision.id(), ((Placement.Placed) choice).host());
        return choice;
    }

    /** Gives the place back. Only then is what the host may have of the VM left over, so it is looked at once more. */
    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        Vm before = arguments.vm();
        outcomes.takenBack(before.id());
        Optional<Vm> row = row(arguments, context.snapshot());
        if (row.isEmpty() || row.get().equals(before)) {
            return CompletableFuture.completedFuture(null);
        }
        @Nullable HostId place = row.get().host();
        CompletionStage<Long> given = arguments.existed()
                ? rows.commitChecked(snapshot -> back(before, snapshot))
                : rows.commit(new Change.Removed(SiteKinds.VM, before.id()));
        return given.whenCompleteAsync(
                (revision, thrown) -> {
                    if (place != null) {
                        fleet.forget(place, before.id());
                    }
                },
                lane);
    }

    /**
     * To the place that it left or, if that was given to others meanwhile or it was removed there so that it could be started
     * elsewhere, to none: it waits for one that is free.
     */
    private List<Change> back(Vm before, Snapshot snapshot) {
        @Nullable HostId host = before.host();
        if (host == null || !isFree(host, before, snapshot) || isGone(host, before, snapshot)) {
            return List.of(new Change.Put<>(SiteKinds.VM, before.id(), before.on(null)));
        }
        return List.of(
                new Change.Put<>(SiteKinds.VM, before.id(), before), Leftover.forgotten(before.id(), host, snapshot));
    }

    private boolean isGone(HostId host, Vm vm, Snapshot snapshot) {
        return !Leftover.isOn(host, vm.id(), snapshot)
                || (fleet.answers(host) && fleet.hypervisor(host).find(vm.id()).isEmpty());
    }

    private static boolean isFree(HostId host, Vm vm, Snapshot snapshot) {
        PlacementQuestion question = new PlacementQuestion(vm.id(), vm.millicores(), vm.size(), vm.labels());
        return new HostScan(question, snapshot)
                .violations(host).stream().allMatch(violation -> AWAY_FOR_A_WHILE.contains(violation.rule()));
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
                ? "would be refused: " + arguments.with(refused.because())
                : arguments.vm().id() + " would go to " + choice + " ("
                        + decision.by().shortName() + ", " + decision.answer().because() + ")";
    }

    private static Optional<Vm> row(Arguments arguments, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM).find(arguments.vm().id());
    }
}
