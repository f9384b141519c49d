package org.vinestock.area;

import java.util.List;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.operation.Controller;
import org.vinestock.operation.Operation;
import org.vinestock.operation.StepHandler;
import org.vinestock.time.Cancellable;
import org.vinestock.view.View;

/**
 * What an area consists of.
 *
 * @param services objects that other areas find through {@link Platform#services}
 * @param close ends what {@link Area#build} started; called once when the area leaves
 */
public record Parts(
        List<Operation<?, ?>> operations,
        List<View<?, ?>> views,
        List<StepHandler<?>> steps,
        List<Controller> controllers,
        List<DecisionPoint<?, ?, ?>> points,
        List<BuiltIn<?, ?, ?>> strategies,
        List<Object> services,
        Cancellable close) {
    /** Copies the lists. */
    public Parts {
        operations = List.copyOf(operations);
        views = List.copyOf(views);
        steps = List.copyOf(steps);
        controllers = List.copyOf(controllers);
        points = List.copyOf(points);
        strategies = List.copyOf(strategies);
        services = List.copyOf(services);
    }
}
