package org.vinestock.simulation.fault;

import java.time.Duration;
import java.util.List;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Check;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Guardrail;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.model.ObjectId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.Placements;
import org.vinestock.placement.provider.PlacementArea;
import org.vinestock.simulation.plugin.Behaviour;
import org.vinestock.simulation.plugin.PlayedStrategy;

/**
 * Placement without guardrails, by a strategy that needs them. Since nobody can loosen a point that is a constant of an
 * api, this is a point of its own, and the machines are made to ask there.
 */
final class CarelessPlacement implements Area {
    private final Behaviour behaviour;
    private final Unguarded point;

    /** Makes one. {@code behaviour}: of its strategy. */
    CarelessPlacement(Behaviour behaviour) {
        this.behaviour = behaviour;
        point = new Unguarded(behaviour);
    }

    /** The machines that ask at this point. */
    Area machines() {
        return new Area() {
            @Override
            public String name() {
                return "machines";
            }

            @Override
            public Parts build(Platform platform) {
                return new MachinesArea().build(new OtherDecisions(platform, point));
            }
        };
    }

    @Override
    public String name() {
        return "placement";
    }

    @Override
    public Parts build(Platform platform) {
        Parts sound = new PlacementArea().build(platform);
        return new Parts(
                sound.operations(),
                sound.views(),
                sound.steps(),
                sound.controllers(),
                List.of(point),
                List.of(new BuiltIn<>(point, "careless", "1.0", () -> new PlayedStrategy(behaviour), true)),
                sound.services(),
                sound.close());
    }

    private record Unguarded(Behaviour behaviour)
            implements DecisionPoint<PlacementQuestion, Placement, PlacementOutcome> {
        @Override
        public String name() {
            return "placement.careless";
        }

        @Override
        public Class<? extends Strategy<PlacementQuestion, Placement, PlacementOutcome>> strategyType() {
            return Placements.PLACE.strategyType();
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
            return Placements.DEADLINE;
        }

        @Override
        public Strategy<PlacementQuestion, Placement, PlacementOutcome> fallback() {
            return new PlayedStrategy(behaviour);
        }

        @Override
        public List<Guardrail<PlacementQuestion, Placement>> guardrails() {
            return List.of();
        }

        @Override
        public List<Check<Strategy<PlacementQuestion, Placement, PlacementOutcome>>> contract() {
            return List.of();
        }

        @Override
        public List<Placement> candidates(PlacementQuestion question, Snapshot snapshot) {
            return List.of();
        }
    }
}
