package org.vinestock.report;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps reports, the newest ones; the platform offers it as a service. Reports are no part of the site's state: keeping one
 * changes no row of the inventory.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 */
@ProviderType
public interface Reports {
    /** Keeps a report, in place of one with the same name; completes when it is on disk. */
    CompletionStage<Report> keep(Report report);

    /** The address of a report's page, as people open it. */
    String page(ReportId id);
}
