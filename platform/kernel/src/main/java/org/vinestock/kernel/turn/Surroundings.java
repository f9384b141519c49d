package org.vinestock.kernel.turn;

import java.util.concurrent.atomic.AtomicLong;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.ledger.Afterwards;
import org.vinestock.kernel.ledger.Ledger;
import org.vinestock.time.Scheduler;

/**
 * What all points of a site share.
 *
 * @param numbers gives the numbers of decisions, which grow
 * @param lost how many questions were not answered because code of the platform threw
 * @param seed from which the seed of each decision is made
 */
public record Surroundings(
        Scheduler scheduler,
        Inventory inventory,
        DecisionLimits limits,
        Watch watch,
        Freeze freeze,
        StrategyEvents events,
        Ledger ledger,
        Afterwards afterwards,
        Numbers numbers,
        AtomicLong lost,
        long seed) {}
