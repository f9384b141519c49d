package org.vinestock.placement.provider.advice;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Alternative;
import org.vinestock.decision.Decision;
import org.vinestock.decision.Decisions;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.Placements;
import org.vinestock.time.Lane;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code placement.place}: where a VM would go now, and why. Asks the strategy in force and reserves nothing. */
public final class PlaceView implements View<PlaceView.Wanted, PlaceView.Row> {
    private static final VmId NEW = new VmId("new-vm");

    private final Decisions decisions;
    private final Lane lane;

    /** Makes it. */
    public PlaceView(Decisions decisions, Lane lane) {
        this.decisions = decisions;
        this.lane = lane;
    }

    /** What is to be placed. */
    public record Wanted(
            @Input(value = "CPU cores, such as 2 or 0.5", byDefault = "1") @DecimalMin("0.001") @DecimalMax("4096")
            BigDecimal cores,

            @Input(value = "Memory, such as 4GiB", byDefault = "1GiB")
            ByteCount memory,

            @Input("Labels, such as app=web,tier=db") Labels labels,

            @Input(value = "Only in this cluster", optional = true) @Nullable
            ClusterId cluster,

            @Input(value = "Only on this host", optional = true, completedBy = "host.list#id") @Nullable
            HostId host) {
        /** On any host. */
        public Wanted(BigDecimal cores, ByteCount memory, Labels labels, @Nullable ClusterId cluster) {
            this(cores, memory, labels, cluster, null);
        }
    }

    /**
     * A host.
     *
     * @param rank 1 is the choice, the others are alternatives
     * @param freeCores what is free there before
     */
    public record Row(int rank, HostId host, String rack, String zone, BigDecimal freeCores, ByteCount freeMemory) {}

    @Override
    public String name() {
        return "placement.place";
    }

    @Override
    public String summary() {
        return "Ask where a VM would go now, and why; reserves nothing";
    }

    @Override
    public Class<Wanted> parametersType() {
        return Wanted.class;
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }

    @Override
    public CompletionStage<Page<Row>> read(Wanted parameters, Snapshot snapshot, PageRequest page) {
        long millicores = parameters.cores().movePointRight(3).longValue();
        @Nullable HostId host = parameters.host();
        PlacementQuestion question = new PlacementQuestion(
                NEW,
                millicores,
                parameters.memory(),
                parameters.labels(),
                parameters.cluster(),
                List.of(),
                host == null ? List.of() : List.of(host));
        return decisions
                .ask(Placements.PLACE, question)
                .thenApplyAsync(decision -> page(decision, snapshot, page.limit()), lane);
    }

    private static Page<Row> page(Decision<Placement> decision, Snapshot snapshot, int limit) {
        List<Row> rows = new ArrayList<>();
        add(rows, decision.answer().choice(), snapshot);
        for (Alternative<Placement> other : decision.answer().alternatives()) {
            add(rows, other.choice(), snapshot);
        }
        String by = decision.by().shortName() + ": ";
        String heading = decision.answer().choice() instanceof Placement.Refused refused
                ? by + refused.because()
                : by + decision.answer().because();
        String instead = decision.fallbackBecause();
        return new Page<>(
                instead == null ? heading : heading + "\nNot the active strategy: " + instead,
                rows.subList(0, Math.min(limit, rows.size())),
                null);
    }

    private static void add(List<Row> rows, Placement choice, Snapshot snapshot) {
        if (choice instanceof Placement.Placed placed) {
            Sight sight = Sight.of(placed.host(), snapshot);
            rows.add(new Row(
                    rows.size() + 1, placed.host(), sight.rack(), sight.zone(), sight.freeCores(), sight.freeMemory()));
        }
    }
}
