package com.example.wrong;

import com.example.decent.DecentPlacement;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.VinestockStrategy;
import org.vinestock.inventory.Hosts;
import org.vinestock.model.HostId;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/** Answers what must not be done: the fullest host, one that a rule forbids, one that nobody has; or nothing at all. */
@Component(service = PlacementStrategy.class, scope = ServiceScope.PROTOTYPE)
@VinestockStrategy(point = "placement.place", name = "wrong")
public final class WrongPlacement extends DecentPlacement {
    @Override
    @SuppressWarnings("NullAway")
    protected Answer<Placement> trouble(String trouble, PlacementQuestion question, Context context) {
        return switch (trouble) {
            case "overfill" -> answer(fullest(context.snapshot().hosts()));
            case "rule" -> answer(forbidden(question, context));
            case "unknown" -> answer(new HostId("z9-r9-h99"));
            case "nothing" -> new Answer<>(null, "");
            case "null" -> null;
            default -> first(question, context);
        };
    }

    private static Answer<Placement> answer(HostId host) {
        return new Answer<>(new Placement.Placed(host), "because I say so");
    }

    private static HostId fullest(Hosts hosts) {
        int fullest = 0;
        for (int row = 1; row < hosts.end(); row++) {
            fullest = hosts.freeMemory(row) < hosts.freeMemory(fullest) ? row : fullest;
        }
        return hosts.id(fullest);
    }

    /** A host with room where the VM must not go. */
    private static HostId forbidden(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        for (int row = 0; row < scan.end(); row++) {
            if (!scan.fits(row)
                    && scan.freeMillicores(row) >= question.millicores()
                    && scan.freeMemory(row) >= question.memory().bytes()) {
                return scan.hosts().id(row);
            }
        }
        return scan.hosts().id(0);
    }
}
