package org.vinestock.kernel.budget;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Parts;
import org.vinestock.kernel.decide.Table;
import org.vinestock.operation.Expense.Acting;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;

/** What people see of budgets: {@code platform.budgets}. */
public final class BudgetParts {
    private BudgetParts() {}

    /** Makes the parts. */
    public static Parts of(Budgets budgets) {
        return new Parts(
                List.of(),
                List.of(new Table<>(
                        "platform.budgets",
                        "What restarts, moves and hosts off have taken of their budgets, by cluster",
                        Nothing.class,
                        Row.class,
                        (nothing, page) -> page(budgets.lines(), page))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }

    private static CompletionStage<Page<Row>> page(List<Budgets.Line> lines, PageRequest page) {
        String heading = lines.isEmpty()
                ? "nothing was taken of any budget yet; limits are in etc/org.vinestock.budgets.cfg"
                : "";
        return Table.page(heading, lines.stream().map(BudgetParts::row).toList(), page);
    }

    /** No parameters. */
    record Nothing() {}

    /**
     * What one kind of acting has taken in a cluster.
     *
     * @param cluster empty = in none in particular
     * @param atOnce how many are under way, of how many
     * @param lastHour how many were begun within an hour, of how many
     * @param coolDown how long after one the next to the same object must wait
     * @param waiting how many tasks wait in line
     * @param first why the first of them waits
     */
    record Row(
            Acting acting,
            String cluster,
            String atOnce,
            String lastHour,
            Duration coolDown,
            int waiting,
            String first) {}

    private static Row row(Budgets.Line line) {
        return new Row(
                line.acting(),
                line.cluster(),
                of(line.inFlight(), line.inFlightLimit()),
                of(line.lastHour(), line.perHourLimit()),
                line.coolDown(),
                line.waiting(),
                line.message());
    }

    private static String of(int used, int limit) {
        return limit == 0 ? used + ", no limit" : used + " of " + limit;
    }
}
