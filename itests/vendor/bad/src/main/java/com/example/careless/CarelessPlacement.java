package com.example.careless;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.VinestockStrategy;
import org.vinestock.inventory.Hosts;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/** Looks at free memory only, so that it breaks its contract. */
@Component(service = PlacementStrategy.class, scope = ServiceScope.PROTOTYPE)
@VinestockStrategy(point = "placement.place", name = "careless")
public final class CarelessPlacement implements PlacementStrategy {
    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        Hosts hosts = context.snapshot().hosts();
        for (int row = 0; row < hosts.end(); row++) {
            if (hosts.freeMemory(row) >= question.memory().bytes()) {
                return new Answer<>(new Placement.Placed(hosts.id(row)), "memory is free there");
            }
        }
        return new Answer<>(new Placement.Refused("no memory is free"), "no memory is free");
    }
}
