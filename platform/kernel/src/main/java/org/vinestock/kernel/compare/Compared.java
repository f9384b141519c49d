package org.vinestock.kernel.compare;

import java.util.List;
import org.vinestock.report.ReportId;

/**
 * What came of a comparison.
 *
 * @param uses what {@code usedMean} and {@code usedPeak} count
 * @param page the address of the report's page
 */
record Compared(String verdict, String on, String uses, List<Figures> strategies, ReportId report, String page) {
    Compared {
        strategies = List.copyOf(strategies);
    }
}
