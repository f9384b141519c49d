package org.vinestock.kernel.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.vinestock.kernel.budget.BudgetLimits;

/** What is configured holds, what is not accepted is named. */
class BudgetSettingsTest {
    private final TreeMap<String, String> configured = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();

    private BudgetLimits read() {
        BudgetSettings.Configuration configuration = (BudgetSettings.Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BudgetSettings.Configuration.class},
                (proxy, method, arguments) ->
                        configured.getOrDefault(method.getName(), String.valueOf(method.getDefaultValue())));
        return BudgetSettings.read(configuration, errors::add);
    }

    @Test
    void theDefaultsAreThoseOfTheKernel() {
        assertEquals(BudgetLimits.DEFAULTS, read());
        assertEquals(List.of(), errors);
    }

    @Test
    void whatIsConfiguredHolds() {
        configured.put("restarts_per_hour", " 20 ");
        configured.put("restarts_cooldown_seconds", "0");
        assertEquals(20, read().restarts().perHour());
        assertEquals(0, read().restarts().coolDown().toSeconds());
        assertEquals(List.of(), errors);
    }

    @Test
    void whatIsNotAcceptedIsNamedAndTheDefaultHolds() {
        configured.put("moves_at_once", "-1");
        configured.put("hosts_off_percent", "101");
        assertEquals(BudgetLimits.DEFAULTS, read());
        assertEquals(
                List.of(
                        "etc/org.vinestock.budgets.cfg: moves.at.once = -1; accepted: 0 to 1000000; 10 holds instead",
                        "etc/org.vinestock.budgets.cfg: hosts.off.percent = 101; accepted: 0 to 100; 20 holds instead"),
                errors);
    }
}
