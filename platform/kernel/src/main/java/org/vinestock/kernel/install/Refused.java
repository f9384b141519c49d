package org.vinestock.kernel.install;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.plugin.ContractReport;

/** A plugin may not run; the message says why. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<StrategyRef> strategies;
    private final transient @Nullable ContractReport report;

    Refused(String message) {
        this(message, List.of(), null);
    }

    Refused(String message, List<StrategyRef> strategies, @Nullable ContractReport report) {
        super(message, null, false, false);
        this.strategies = strategies;
        this.report = report;
    }

    /** Those that may not run, as far as they are known. */
    List<StrategyRef> strategies() {
        return strategies;
    }

    /** How the contract went, if it ran. */
    @Nullable
    ContractReport report() {
        return report;
    }
}
