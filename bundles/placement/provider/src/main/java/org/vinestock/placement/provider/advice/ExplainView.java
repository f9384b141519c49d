package org.vinestock.placement.provider.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Decisions;
import org.vinestock.decision.Recalled;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.Placements;
import org.vinestock.time.Lane;
import org.vinestock.view.InWords;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/**
 * {@code placement.explain VM}: host by host why the VM was placed where it was, on the state of that moment; if that is no
 * longer known, whether it could be there now.
 */
public final class ExplainView implements View<ExplainView.Which, ExplainView.Row> {
    private final Decisions decisions;
    private final Lane lane;

    /** Makes it. */
    public ExplainView(Decisions decisions, Lane lane) {
        this.decisions = decisions;
        this.lane = lane;
    }

    /** Which VM. */
    public record Which(
            @Input(value = "Name of the VM", at = 0, completedBy = "vm.list#id")
            VmId vm) {}

    /** What about a host. */
    public enum Verdict {
        /** The VM was placed there. */
        CHOSEN,
        /** The strategy named it as the next best, or one of the next ones. */
        ALTERNATIVE,
        /** It fits. */
        FITS,
        /** It does not fit. */
        NO
    }

    /**
     * A host.
     *
     * @param because why not, with the numbers
     */
    public record Row(HostId host, Verdict verdict, String because) {}

    @Override
    public String name() {
        return "placement.explain";
    }

    @Override
    public String summary() {
        return "Say host by host why a VM was placed where it was, and why not elsewhere";
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
        return decisions
                .recall(Placements.PLACE, parameters.vm())
                .thenApplyAsync(recalled -> explained(recalled, parameters.vm(), snapshot, page), lane);
    }

    private static Page<Row> explained(
            Optional<Recalled<PlacementQuestion, Placement>> recalled, VmId vm, Snapshot now, PageRequest page) {
        if (recalled.isPresent()) {
            @Nullable Snapshot state = recalled.get().state();
            if (state != null) {
                Answer<Placement> answer = recalled.get().decision().answer();
                return page(heading(recalled.get(), state), recalled.get().question(), answer, state, page);
            }
        }
        Vm row = now.rows(SiteKinds.VM)
                .find(vm)
                .orElseThrow(() -> new IllegalArgumentException(
                        "vm: there is no VM \"" + vm + "\" and no decision about it; accepted: one of vm:list"));
        PlacementQuestion question = new PlacementQuestion(vm, row.millicores(), row.size(), row.labels());
        HostScan scan = new HostScan(question, now);
        for (int host = 0; host < scan.end(); host++) {
            scan.fits(host);
        }
        Placement here = row.host() == null ? new Placement.Refused("") : new Placement.Placed(row.host());
        String heading = "when " + vm + " was placed is no longer known; now, on revision "
                + now.ref().revision() + " and without itself: " + scan.inWords();
        return page(heading, question, new Answer<>(here, ""), now, page);
    }

    private static String heading(Recalled<PlacementQuestion, Placement> recalled, Snapshot state) {
        Answer<Placement> answer = recalled.decision().answer();
        Placement choice = answer.choice();
        return recalled.question().vm() + " -> " + choice + " by "
                + recalled.decision().by().shortName() + " at " + InWords.of(recalled.askedAt()) + " on revision "
                + state.ref().revision() + ": "
                + (choice instanceof Placement.Refused refused ? refused.because() : answer.because());
    }

    private static Page<Row> page(
            String heading, PlacementQuestion question, Answer<Placement> answer, Snapshot state, PageRequest page) {
        HostScan scan = new HostScan(question, state);
        List<Row> rows = new ArrayList<>();
        for (Host host : state.rows(SiteKinds.HOST).after(page.after())) {
            if (rows.size() == page.limit()) {
                return new Page<>(
                        heading, rows, rows.get(rows.size() - 1).host().value());
            }
            rows.add(row(host.id(), answer, scan));
        }
        return new Page<>(heading, rows, null);
    }

    private static Row row(HostId host, Answer<Placement> answer, HostScan scan) {
        List<String> wrong = scan.violations(host).stream()
                .map(violation -> violation.rule() + ": " + violation.message())
                .toList();
        Placement here = new Placement.Placed(host);
        Verdict verdict = wrong.isEmpty() ? Verdict.FITS : Verdict.NO;
        if (here.equals(answer.choice())) {
            verdict = Verdict.CHOSEN;
        } else if (wrong.isEmpty() && answer.alternatives().stream().anyMatch(other -> here.equals(other.choice()))) {
            verdict = Verdict.ALTERNATIVE;
        }
        return new Row(host, verdict, String.join("; ", wrong));
    }
}
