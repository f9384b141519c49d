package org.vinestock.machines.provider.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.DesiredKinds;
import org.vinestock.area.SiteCheck;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.provider.step.MakeVmsStep;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.model.Violation;

/**
 * Says which rows name what is not there, and what a document would do to VMs that only tasks may: a VM that is on a host is
 * moved, resized and removed there, not in a document.
 */
public final class WholeSite implements SiteCheck {
    /** What people decide on. */
    public static final DesiredKinds DESIRED = new DesiredKinds(
            List.of(SiteKinds.SITE, SiteKinds.ZONE, SiteKinds.RACK, SiteKinds.CLUSTER, SiteKinds.HOST, SiteKinds.VM));

    @Override
    public List<Violation> check(Snapshot before, Snapshot after) {
        Findings found = new Findings(after);
        after.rows(SiteKinds.ZONE).forEach(zone -> found.mustBe(SiteKinds.SITE, zone.site(), zone.id()));
        after.rows(SiteKinds.RACK).forEach(rack -> found.mustBe(SiteKinds.ZONE, rack.zone(), rack.id()));
        after.rows(SiteKinds.CLUSTER).forEach(cluster -> found.mustBe(SiteKinds.SITE, cluster.site(), cluster.id()));
        for (Host host : after.rows(SiteKinds.HOST)) {
            found.mustBe(SiteKinds.RACK, host.rack(), host.id());
            found.mustBe(SiteKinds.CLUSTER, host.cluster(), host.id());
        }
        for (Vm vm : after.rows(SiteKinds.VM)) {
            @Nullable HostId host = vm.host();
            if (host != null) {
                found.mustBe(SiteKinds.HOST, host, vm.id());
            }
        }
        for (ObservedVm seen : after.rows(SiteKinds.VM_OBSERVED)) {
            found.onAHost(
                    seen,
                    before.rows(SiteKinds.VM).find(seen.id()),
                    after.rows(SiteKinds.VM).find(seen.id()));
        }
        return found.violations;
    }

    @Override
    public List<String> leftToDo(Snapshot before, Snapshot after) {
        int missing = MakeVmsStep.missing(Labels.NONE, after).size();
        int formerly = MakeVmsStep.missing(Labels.NONE, before).size();
        return missing > formerly
                ? List.of(
                        missing == 1
                                ? "1 VM is not on its host yet: vm:make-all makes it, empty"
                                : String.format(
                                        Locale.ROOT,
                                        "%,d VMs are not on their hosts yet: vm:make-all makes them, empty",
                                        missing))
                : List.of();
    }

    private static final class Findings {
        private final Snapshot after;
        private final List<Violation> violations = new ArrayList<>();

        Findings(Snapshot after) {
            this.after = after;
        }

        void mustBe(Kind<?> kind, ObjectId named, ObjectId by) {
            if (after.rows(kind).find(named).isEmpty()) {
                violations.add(new Violation(
                        "reference",
                        by.kind() + " " + by.value() + " names " + named.kind() + " " + named.value()
                                + ", which is not there"));
            }
        }

        void onAHost(ObservedVm seen, Optional<Vm> was, Optional<Vm> is) {
            if (was.isEmpty()) {
                return;
            }
            String vm = "vm " + seen.id() + " is on " + seen.host();
            if (is.isEmpty()) {
                violations.add(new Violation("running", vm + " and would be left out; remove it with vm:delete first"));
                return;
            }
            @Nullable HostId host = is.get().host();
            if (!seen.host().equals(host) && seen.host().equals(was.get().host())) {
                violations.add(
                        new Violation("running", vm + " and would be on " + host + "; a document moves nothing"));
            }
            if (is.get().millicores() != was.get().millicores()
                    || !is.get().size().equals(was.get().size())) {
                violations.add(new Violation("running", vm + " and would have another size; make it anew"));
            }
            if (!is.get().hardware().equals(was.get().hardware())) {
                violations.add(new Violation(
                        "running",
                        vm + " and would be built of something else; use vm:attach-disk, vm:attach-nic or vm:detach"));
            }
            if (is.get().power() != was.get().power()) {
                violations.add(new Violation(
                        "running", vm + " and would be " + is.get().power() + "; use vm:start or vm:stop"));
            }
        }
    }
}
