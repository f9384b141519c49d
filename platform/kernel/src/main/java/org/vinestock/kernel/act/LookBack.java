package org.vinestock.kernel.act;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/**
 * Looks back for the last step of a task that has happened, so that the task goes on with the one after it: a host may
 * have lost what an earlier process told it, too. On the task's lane; used once.
 */
final class LookBack {
    private final RunningTask<?, ?> task;
    private final Plan plan;
    private final Lane lane;
    private final Found found;
    private final Predicate<RuntimeException> waits;
    private int step;
    private boolean begun;

    /**
     * Makes one.
     *
     * @param step whose turn it was
     * @param begun whether it was under way
     * @param waits told why a look failed; true if the task waits, then nothing is found and another look is needed
     */
    LookBack(
            RunningTask<?, ?> task,
            Plan plan,
            int step,
            boolean begun,
            Lane lane,
            Found found,
            Predicate<RuntimeException> waits) {
        this.task = task;
        this.plan = plan;
        this.step = step;
        this.begun = begun;
        this.lane = lane;
        this.found = found;
        this.waits = waits;
    }

    void look() {
        look(begun ? step : step - 1);
    }

    private void look(int at) {
        Step looked = at < 0 ? null : plan.steps().get(at);
        StepHandler<?> handler =
                looked == null ? null : task.engine().catalogue().handler(looked.kind());
        if (looked == null || handler == null) {
            found.at(step, begun, false);
            return;
        }
        StepRun.probe(handler, looked, new StepRun(task, at))
                .whenCompleteAsync((state, thrown) -> looked(at, state, thrown), lane);
    }

    private void looked(int at, @Nullable StepState state, @Nullable Throwable thrown) {
        if (thrown != null) {
            if (!waits.test(Failures.of("looking at " + plan.steps().get(at).title(), thrown))) {
                found.at(step, begun, false); // a second call of apply changes nothing
            }
        } else if (state == StepState.NOT_BEGUN) {
            if (at < step) {
                step = at;
                begun = true; // it was, so it is taken back if the task fails
            }
            look(at - 1);
        } else {
            found.at(step, begun, state == StepState.DONE && at == step);
        }
    }

    /** Where the task is. */
    @FunctionalInterface
    interface Found {
        void at(int step, boolean begun, boolean happened);
    }
}
