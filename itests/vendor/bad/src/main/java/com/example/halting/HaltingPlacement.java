package com.example.halting;

import com.example.decent.DecentPlacement;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.VinestockStrategy;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/** Ends the JVM when it is asked. */
@Component(service = PlacementStrategy.class, scope = ServiceScope.PROTOTYPE)
@VinestockStrategy(point = "placement.place", name = "halting")
public final class HaltingPlacement extends DecentPlacement {
    @Override
    protected Answer<Placement> trouble(String trouble, PlacementQuestion question, Context context) {
        if (trouble.equals("halt")) {
            Runtime.getRuntime().halt(7);
        }
        return first(question, context);
    }
}
