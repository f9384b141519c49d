package org.vinestock.simulation.fault;

import java.time.Duration;
import java.util.List;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.decision.Check;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Guardrail;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.Placements;
import org.vinestock.placement.provider.PlacementArea;

/** Placement whose point says now this and now that of what a question is about, so that a canary's share is another each time. */
final class FickleSubjects implements Area, DecisionPoint<PlacementQuestion, Placement, PlacementOutcome> {
    private int asked;

    /** The machines that ask at this point. */
    Area machines() {
        return new WrongMachines(platform -> new MachinesArea().build(new OtherDecisions(platform, this)));
    }

    @Override
    public Parts build(Platform platform) {
        Parts sound = new PlacementArea().build(platform);
        return new Parts(
                sound.operations(),
                sound.views(),
                sound.steps(),
                sound.controllers(),
                List.of(this),
                sound.strategies(),
                sound.services(),
                sound.close());
    }

    /** Of the area and of the point: it goes by the name of the sound one. */
    @Override
    public String name() {
        return Placements.PLACE.name();
    }

    @Override
    public ObjectId subject(PlacementQuestion question) {
        return new VmId("vm-" + ++asked);
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
    public Duration deadline() {
        return Placements.DEADLINE;
    }

    @Override
    public Strategy<PlacementQuestion, Placement, PlacementOutcome> fallback() {
        return Placements.PLACE.fallback();
    }

    @Override
    public List<Guardrail<PlacementQuestion, Placement>> guardrails() {
        return Placements.PLACE.guardrails();
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
