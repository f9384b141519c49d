package com.example.otherplacement;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.decision.Decision;
import org.vinestock.decision.Decisions;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ByteCount;
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

/** {@code placement.place}: where a VM would go. */
final class WhereView implements View<WhereView.Wanted, WhereView.Row> {
    private final Decisions decisions;
    private final Lane lane;

    WhereView(Decisions decisions, Lane lane) {
        this.decisions = decisions;
        this.lane = lane;
    }

    /** What is to be placed. */
    record Wanted(
            @Input(value = "CPU cores", byDefault = "1") BigDecimal cores,
            @Input(value = "Memory", byDefault = "1GiB") ByteCount memory,
            @Input("Labels, such as app=web") Labels labels) {}

    /** Where it would go. */
    record Row(String host) {}

    @Override
    public String name() {
        return "placement.place";
    }

    @Override
    public String summary() {
        return "Ask where a VM would go";
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
    public CompletionStage<Page<Row>> read(Wanted wanted, Snapshot snapshot, PageRequest page) {
        PlacementQuestion question = new PlacementQuestion(
                new VmId("new-vm"),
                wanted.cores().movePointRight(3).longValue(),
                wanted.memory(),
                wanted.labels());
        return decisions.ask(Placements.PLACE, question).thenApplyAsync(WhereView::page, lane);
    }

    private static Page<Row> page(Decision<Placement> decision) {
        String heading = decision.by().shortName() + ": " + decision.answer().because();
        return new Page<>(
                heading,
                List.of(new Row(decision.answer().choice().toString())),
                null);
    }
}
