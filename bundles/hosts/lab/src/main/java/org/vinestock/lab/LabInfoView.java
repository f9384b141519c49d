package org.vinestock.lab;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.arrivals.ArrivalCounts;
import org.vinestock.lab.arrivals.Fill;
import org.vinestock.lab.arrivals.Tenants;
import org.vinestock.lab.site.LabSite;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code lab.info}. */
final class LabInfoView implements View<LabInfoView.None, LabInfo> {
    private final LabSite site;
    private final Tenants tenants;

    /** No parameters. */
    record None() {}

    LabInfoView(LabSite site, Tenants tenants) {
        this.site = site;
        this.tenants = tenants;
    }

    @Override
    public String name() {
        return "lab.info";
    }

    @Override
    public String summary() {
        return "Show how the lab is: hosts without power, speed, arrivals and what became of them";
    }

    @Override
    public Class<None> parametersType() {
        return None.class;
    }

    @Override
    public Class<LabInfo> rowType() {
        return LabInfo.class;
    }

    @Override
    public CompletionStage<Page<LabInfo>> read(None parameters, Snapshot snapshot, PageRequest page) {
        ArrivalCounts counts = tenants.counts();
        Fill fill = Fill.of(snapshot.hosts());
        LabInfo info = new LabInfo(
                site.hosts().size(),
                site.failed(),
                site.clock().speed(),
                Duration.ofMillis(site.clock().nanos() / 1_000_000),
                site.running(),
                rounded(fill.cpu()),
                rounded(fill.memoryShare()),
                counts.perSecond(),
                counts.created(),
                counts.deleted(),
                counts.refused(),
                counts.failed(),
                counts.notIssued(),
                counts.outstanding(),
                counts.lastFailure());
        return CompletableFuture.completedFuture(new Page<>(List.of(info)));
    }

    private static double rounded(double share) {
        return Math.round(share * 1000) / 1000.0;
    }
}
