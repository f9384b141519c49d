package org.vinestock.lab;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.area.Area;
import org.vinestock.area.DesiredKinds;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.lab.rehearsal.RehearsalParts;
import org.vinestock.lab.replay.ReplayParts;
import org.vinestock.lab.trial.LabGround;
import org.vinestock.operation.Operation;
import org.vinestock.operation.StepHandler;
import org.vinestock.time.Cancellable;
import org.vinestock.view.View;

/**
 * The lab: a site in one process, made to be broken. Building it makes a lab without a site; {@code lab.build} makes the
 * site, in the container as in a twin.
 */
public final class LabArea implements Area {
    @Override
    public String name() {
        return "lab";
    }

    @Override
    public Parts build(Platform platform) {
        SiteParts site = new SiteParts(platform);
        ReplayParts replays = new ReplayParts(platform);
        RehearsalParts rehearsals = new RehearsalParts(platform);
        List<Operation<?, ?>> operations = new ArrayList<>(site.operations());
        operations.add(replays.operation());
        operations.add(rehearsals.operation());
        List<View<?, ?>> views = new ArrayList<>(site.views());
        views.add(replays.view());
        List<StepHandler<?>> steps = new ArrayList<>(site.steps());
        steps.add(replays.step());
        steps.add(rehearsals.step());
        Cancellable close = () -> {
            rehearsals.close();
            replays.close();
            site.close();
        };
        return new Parts(
                operations,
                views,
                steps,
                List.of(),
                List.of(),
                List.of(),
                List.of(site.site(), new LabGround(platform), new DesiredKinds(List.of(BuiltSite.KIND))),
                close);
    }
}
