package com.example.sleeps;

import com.acme.placement.EveningPlacement;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.VinestockStrategy;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/**
 * The next version of acme, which passes its contract and then sleeps from its 200th question on. A contract asks no
 * instance that often; the live one is asked for as long as it lives.
 */
@Component(service = PlacementStrategy.class, scope = ServiceScope.PROTOTYPE)
@VinestockStrategy(point = "placement.place", name = "acme")
public final class SleepingPlacement implements PlacementStrategy {
    private final PlacementStrategy acme = new EveningPlacement();
    private int asked;

    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        asked++;
        if (asked >= 200) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return acme.answer(question, context);
    }
}
