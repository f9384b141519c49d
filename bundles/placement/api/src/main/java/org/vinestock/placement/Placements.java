package org.vinestock.placement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vinestock.decision.Check;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Guardrail;
import org.vinestock.decision.Score;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.model.Violation;
import org.vinestock.placement.contract.PlacementContract;

/** The decision points of placement. */
public final class Placements {
    /** How long a vendor's strategy may take for one VM. */
    public static final Duration DEADLINE = Duration.ofMillis(5);

    /** Where one VM goes now. */
    public static final DecisionPoint<PlacementQuestion, Placement, PlacementOutcome> PLACE = new Place();

    private Placements() {}

    private static final class Place implements DecisionPoint<PlacementQuestion, Placement, PlacementOutcome> {
        private final PlacementStrategy fallback = new FirstFitPlacement();

        @Override
        public String name() {
            return "placement.place";
        }

        @Override
        public Class<PlacementStrategy> strategyType() {
            return PlacementStrategy.class;
        }

        @Override
        public Class<PlacementQuestion> questionType() {
            return PlacementQuestion.class;
        }

        @Override
        public Class<Placement> answerType() {
            return Placement.class;
        }

        @Override
        public Class<PlacementOutcome> outcomeType() {
            return PlacementOutcome.class;
        }

        @Override
        public ObjectId subject(PlacementQuestion question) {
            return question.vm();
        }

        @Override
        public Duration deadline() {
            return DEADLINE;
        }

        @Override
        public Strategy<PlacementQuestion, Placement, PlacementOutcome> fallback() {
            return fallback;
        }

        @Override
        public List<Guardrail<PlacementQuestion, Placement>> guardrails() {
            return List.of(Place::check);
        }

        private static List<Violation> check(PlacementQuestion question, Placement choice, Snapshot now) {
            return choice instanceof Placement.Placed placed
                    ? new HostScan(question, now).violations(placed.host())
                    : List.of();
        }

        @Override
        public List<Check<Strategy<PlacementQuestion, Placement, PlacementOutcome>>> contract() {
            return PlacementContract.checks();
        }

        @Override
        public List<Placement> candidates(PlacementQuestion question, Snapshot snapshot) {
            List<Placement> candidates = new ArrayList<>();
            for (Host host : snapshot.rows(SiteKinds.HOST)) {
                candidates.add(new Placement.Placed(host.id()));
            }
            return candidates;
        }

        @Override
        public Optional<Score<PlacementQuestion, Placement>> score() {
            return Optional.of(new PlacementScore());
        }

        @Override
        public Labels labels(PlacementQuestion question, Snapshot snapshot) {
            return question.labels();
        }

        @Override
        public boolean isRefusal(Placement choice) {
            return choice instanceof Placement.Refused;
        }

        @Override
        public boolean isBad(PlacementOutcome outcome) {
            return outcome.result() == PlacementOutcome.Result.FAILED;
        }

        @Override
        public List<String> clusters(PlacementQuestion question, Placement choice, Snapshot snapshot) {
            return choice instanceof Placement.Placed placed
                    ? snapshot.rows(SiteKinds.HOST).find(placed.host()).stream()
                            .map(host -> host.cluster().value())
                            .toList()
                    : List.of();
        }
    }
}
