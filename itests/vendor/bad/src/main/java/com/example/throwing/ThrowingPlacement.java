package com.example.throwing;

import com.example.decent.DecentPlacement;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.VinestockStrategy;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;

/** Throws what can be thrown: an exception, one of its own class, an error, a stack that overflows, a missing class. */
@Component(service = PlacementStrategy.class, scope = ServiceScope.PROTOTYPE)
@VinestockStrategy(point = "placement.place", name = "throwing")
public final class ThrowingPlacement extends DecentPlacement {
    @Override
    protected Answer<Placement> trouble(String trouble, PlacementQuestion question, Context context) {
        switch (trouble) {
            case "exception" -> throw new IllegalStateException("the model has no weights");
            case "hostile" -> throw new HostileException();
            case "error" -> throw new AssertionError("this cannot be");
            case "overflow" -> throw new StackOverflowError();
            case "linkage" -> throw new NoClassDefFoundError("com/acme/Nowhere");
            default -> {}
        }
        return first(question, context);
    }
}
