package org.vinestock.lab.trial;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Platform;
import org.vinestock.lab.arrivals.MadeUpDemand;
import org.vinestock.lab.replay.TraceTrial;
import org.vinestock.placement.Placements;
import org.vinestock.time.Lane;
import org.vinestock.trial.Trial;
import org.vinestock.trial.TrialGround;
import org.vinestock.trial.TrialRequest;

/** Plays sites into which VMs arrive: made-up ones, recorded ones, and this one. */
public final class LabGround implements TrialGround {
    private final Platform live;
    private final Lane lane;

    /** Makes one for a live site. */
    public LabGround(Platform live) {
        this.live = live;
        lane = live.scheduler().lane("lab.ground");
    }

    @Override
    public List<String> points() {
        return List.of(Placements.PLACE.name());
    }

    @Override
    public CompletionStage<Trial> prepare(TrialRequest request) {
        return switch (request.on()) {
            case "live" ->
                CompletableFuture.supplyAsync(() -> new LiveHistory(live, lane, request), lane)
                        .thenComposeAsync(LiveHistory::read, lane);
            case "demand" -> CompletableFuture.supplyAsync(() -> MadeUpDemand.of(request), lane);
            default -> CompletableFuture.supplyAsync(() -> TraceTrial.of(request), lane);
        };
    }
}
