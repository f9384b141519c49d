package org.vinestock.kernel.decide;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Outcome;
import org.vinestock.decision.Recalled;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.export.LedgerExport;
import org.vinestock.kernel.ledger.LedgerArchive;
import org.vinestock.kernel.ledger.LedgerHistory;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.ledger.Remembered;
import org.vinestock.kernel.strategies.Roster;
import org.vinestock.kernel.turn.PointDesk;
import org.vinestock.kernel.turn.Surroundings;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.StepHandler;
import org.vinestock.time.Lane;
import org.vinestock.view.View;

/** What a site does with its ledger: shows it, recalls from it, and takes in what became of decisions. Any thread. */
final class LedgerParts {
    private final Surroundings site;
    private final LedgerHistory history;
    private final LedgerFacts facts;
    private final Recollection recollection;
    private final Explain explain;
    private final LedgerExport export;
    private final Function<String, Optional<PointDesk<?, ?, ?>>> desks;
    private final Lane lane;

    /**
     * Puts them together.
     *
     * @param archive where decisions are kept; null = nowhere
     * @param desks finds the desk of a point, if its area is there
     */
    LedgerParts(
            Surroundings site,
            @Nullable LedgerArchive archive,
            Alarms alarms,
            Function<String, Optional<PointDesk<?, ?, ?>>> desks) {
        this.site = site;
        this.desks = desks;
        lane = site.scheduler().lane("history");
        history = new LedgerHistory(
                site.ledger(),
                site.afterwards(),
                archive,
                name -> desks.apply(name).map(PointDesk::point),
                lane);
        facts = new LedgerFacts(site.ledger(), archive);
        Lane former = site.scheduler().lane("recall");
        FormerStates states = new FormerStates(site.inventory(), former);
        recollection = new Recollection(history, states, former);
        explain = new Explain(states, site.scheduler().lane("explain"));
        export = new LedgerExport(history, site.scheduler().lane("export"));
        if (archive != null) {
            archive.archives().onTrouble(lane, () -> alarm(archive, alarms));
            lane.execute(() -> alarm(archive, alarms)); // one of an earlier process may be over
        }
    }

    private static void alarm(LedgerArchive archive, Alarms alarms) {
        String trouble = archive.archives().trouble();
        if (trouble.isEmpty()) {
            alarms.clear("ledger", "not-written");
        } else {
            alarms.raise(
                    "ledger",
                    "not-written",
                    "decisions are made, but cannot be kept: " + trouble
                            + "; it is tried again all the time, decision:ledger counts what is missing");
        }
    }

    List<Operation<?, ?>> operations() {
        return List.of(export);
    }

    List<StepHandler<?>> steps() {
        return List.of(export.step());
    }

    List<View<?, ?>> views(Roster roster) {
        return new DecisionViews(roster, history, facts, explain, lane).all();
    }

    <Q extends Record, A, O extends Record> CompletionStage<Optional<Recalled<Q, A>>> recall(
            DecisionPoint<Q, A, O> point, ObjectId subject) {
        return recollection.recall(point, subject);
    }

    /** Takes in what became of a decision, perhaps of an earlier process. */
    void outcome(DecisionId decision, Record outcome) {
        site.afterwards().later(() -> {
            LedgerRow<?, ?, ?> row = site.ledger().find(decision.number()).orElse(null);
            if (row != null) {
                tell(row, outcome);
                return;
            }
            var unused = history.find(decision.number())
                    .thenAcceptAsync(
                            found -> found.map(Remembered::row)
                                    .ifPresent(kept -> site.afterwards().later(() -> tell(kept, outcome))),
                            lane);
        });
    }

    private <Q extends Record, A, O extends Record> void tell(LedgerRow<Q, A, O> row, Record value) {
        PointDesk<?, ?, ?> desk = desks.apply(row.point().name()).orElse(null);
        if (desk == null || desk.point() != row.point()) {
            return;
        }
        O outcome = row.point().outcomeType().cast(value);
        Outcome<O> told =
                new Outcome<>(row.id(), row.subject(), site.scheduler().instant(), outcome);
        site.ledger().ended(row, outcome, told.at());
        @SuppressWarnings("unchecked") // it is the desk of this very point
        PointDesk<Q, A, O> typed = (PointDesk<Q, A, O>) desk;
        typed.tell(told, row);
    }
}
