package org.vinestock.placement.provider.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Violation;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code placement.explain VM}: host by host whether the VM could be there, and why not. */
public final class ExplainView implements View<ExplainView.Which, ExplainView.Row> {
    /** Which VM. */
    public record Which(
            @Input(value = "Name of the VM", at = 0, completedBy = "vm.list#id")
            VmId vm) {}

    /**
     * A host.
     *
     * @param verdict {@code here}, {@code fits} or {@code no}
     * @param because why not, with the numbers
     */
    public record Row(HostId host, String verdict, String because) {}

    @Override
    public String name() {
        return "placement.explain";
    }

    @Override
    public String summary() {
        return "Say host by host whether a VM could be there, and why not";
    }

    @Override
    public Class<Which> parametersType() {
        return Which.class;
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }

    @Override
    public CompletionStage<Page<Row>> read(Which parameters, Snapshot snapshot, PageRequest page) {
        Vm vm = snapshot.rows(SiteKinds.VM)
                .find(parameters.vm())
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no VM \"" + parameters.vm() + "\"; accepted: one that vm.list shows"));
        PlacementQuestion question = new PlacementQuestion(vm.id(), vm.millicores(), vm.size(), vm.labels());
        HostScan scan = new HostScan(question, snapshot);
        List<Row> rows = new ArrayList<>();
        @Nullable String next = null;
        for (Host host : snapshot.rows(SiteKinds.HOST).after(page.after())) {
            if (rows.size() == page.limit()) {
                next = rows.get(rows.size() - 1).host().value();
                break;
            }
            rows.add(row(host.id(), vm, scan));
        }
        for (int row = 0; row < scan.end(); row++) {
            scan.fits(row);
        }
        String place = Optional.ofNullable(vm.host()).map(HostId::value).orElse("no host");
        return CompletableFuture.completedFuture(
                new Page<>(vm.id() + " is on " + place + "; now, without itself: " + scan.inWords(), rows, next));
    }

    private static Row row(HostId host, Vm vm, HostScan scan) {
        List<String> wrong =
                scan.violations(host).stream().map(ExplainView::words).toList();
        String verdict = host.equals(vm.host()) ? "here" : wrong.isEmpty() ? "fits" : "no";
        return new Row(host, verdict, String.join("; ", wrong));
    }

    private static String words(Violation violation) {
        return violation.rule() + ": " + violation.message();
    }
}
