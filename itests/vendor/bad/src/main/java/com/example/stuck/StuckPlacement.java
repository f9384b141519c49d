package com.example.stuck;

import com.example.decent.DecentPlacement;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.VinestockStrategy;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/** Never returns: {@code trouble=block} waits for nothing, whoever interrupts it; {@code trouble=spin} keeps a core busy. */
@Component(service = PlacementStrategy.class, scope = ServiceScope.PROTOTYPE)
@VinestockStrategy(point = "placement.place", name = "stuck")
public final class StuckPlacement extends DecentPlacement {
    private volatile boolean done;

    @Override
    protected Answer<Placement> trouble(String trouble, PlacementQuestion question, Context context) {
        switch (trouble) {
            case "block" -> block();
            case "spin" -> spin();
            default -> {}
        }
        return first(question, context);
    }

    private void block() {
        CountDownLatch never = new CountDownLatch(1);
        while (!done) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // goes on waiting: that is the trouble
            }
        }
    }

    private void spin() {
        while (!done) {
            Thread.onSpinWait();
        }
    }
}
