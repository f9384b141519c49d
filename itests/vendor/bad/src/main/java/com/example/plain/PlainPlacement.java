package com.example.plain;

import com.example.decent.DecentPlacement;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.VinestockStrategy;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/** Makes no trouble; what is wrong is its jar, or what is done with it. */
@Component(service = PlacementStrategy.class, scope = ServiceScope.PROTOTYPE)
@VinestockStrategy(point = "placement.place", name = "plain")
public final class PlainPlacement extends DecentPlacement {
    @Override
    protected Answer<Placement> trouble(String trouble, PlacementQuestion question, Context context) {
        return first(question, context);
    }
}
