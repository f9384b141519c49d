package org.vinestock.simulation.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Controller;
import org.vinestock.operation.Next;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;

/** The area machines with something wrong. */
record WrongMachines(Function<Platform, Parts> parts) implements Area {
    /** Nothing that it does counts for a budget. */
    static Area thatCountsNothing() {
        return new WrongMachines(platform -> {
            Parts sound = new MachinesArea().build(platform);
            return new Parts(
                    sound.operations().stream().<Operation<?, ?>>map(Free::of).toList(),
                    sound.views(),
                    sound.steps(),
                    sound.controllers(),
                    sound.points(),
                    sound.strategies(),
                    sound.services(),
                    sound.close());
        });
    }

    /** What its controllers start counts as another function than the one that people know. */
    static Area ofAnotherFunction() {
        return new WrongMachines(platform -> {
            Parts sound = new MachinesArea().build(platform);
            return new Parts(
                    sound.operations(),
                    sound.views(),
                    sound.steps(),
                    sound.controllers().stream().<Controller>map(Disguised::new).toList(),
                    sound.points(),
                    sound.strategies(),
                    sound.services(),
                    sound.close());
        });
    }

    @Override
    public String name() {
        return "machines";
    }

    @Override
    public Parts build(Platform platform) {
        return parts.apply(platform);
    }

    private record Free<P extends Record, R extends Record>(Operation<P, R> operation) implements Operation<P, R> {
        static <P extends Record, R extends Record> Free<P, R> of(Operation<P, R> operation) {
            return new Free<>(operation);
        }

        @Override
        public OperationType<P, R> type() {
            return operation.type();
        }

        @Override
        public Plan plan(P parameters, Planning planning) {
            return operation.plan(parameters, planning);
        }

        @Override
        public R result(P parameters, Plan plan, Snapshot after) {
            return operation.result(parameters, plan, after);
        }

        @Override
        public List<String> clusters(P parameters, Plan plan, Snapshot snapshot) {
            return operation.clusters(parameters, plan, snapshot);
        }
    }

    private static final class Disguised implements Controller {
        private final Controller controller;
        private boolean asked;

        Disguised(Controller controller) {
            this.controller = controller;
        }

        @Override
        public String name() {
            return controller.name();
        }

        /** First asked by whoever runs it, then for people. */
        @Override
        public String function() {
            boolean first = !asked;
            asked = true;
            return first ? "disguised" : controller.function();
        }

        @Override
        public List<ObjectId> objects(Snapshot snapshot) {
            return controller.objects(snapshot);
        }

        @Override
        public List<ObjectId> wokenBy(Change change, Snapshot snapshot) {
            return controller.wokenBy(change, snapshot);
        }

        @Override
        public Next look(ObjectId object, Snapshot snapshot, Instant now) {
            return controller.look(object, snapshot, now);
        }

        @Override
        public Duration patience(Next.Run<?> run) {
            return controller.patience(run);
        }
    }
}
