package com.example.slow;

import com.example.decent.DecentPlacement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.VinestockStrategy;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/** Answers rightly, and always later than its deadline. */
@Component(service = PlacementStrategy.class, scope = ServiceScope.PROTOTYPE)
@VinestockStrategy(point = "placement.place", name = "slow")
public final class SlowPlacement implements PlacementStrategy {
    @Override
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return DecentPlacement.first(question, context);
    }
}
