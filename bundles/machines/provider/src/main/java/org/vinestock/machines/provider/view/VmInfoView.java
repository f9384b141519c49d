package org.vinestock.machines.provider.view;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.hardware.DiskBus;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.KernelBoot;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.provider.fleet.HostStates;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code vm.info}: all that is known of one VM. */
public final class VmInfoView implements View<OneVm, VmInfoView.Row> {
    /**
     * A VM.
     *
     * @param wantedPower null if nobody asked for it
     * @param wantedHost where it should be
     * @param seenPower null if no host reports it
     * @param seenHost where it is
     * @param rules the placement rules that are about it, in words
     * @param simulated whether its host is only played
     * @param disks what is plugged in, such as {@code root: web-1-root (virtio)}
     * @param nics such as {@code net0: user, 52:54:00:12:34:56}
     * @param kernel what it starts, and what that is told; empty = it starts from its disks
     */
    public record Row(
            VmId id,
            VmState state,
            @Nullable PowerState wantedPower,
            @Nullable HostId wantedHost,
            @Nullable PowerState seenPower,
            @Nullable HostId seenHost,
            String zone,
            String rack,
            String cluster,
            BigDecimal cores,
            ByteCount memory,
            Labels labels,
            List<String> rules,
            boolean simulated,
            List<String> disks,
            List<String> nics,
            String kernel) {
        /** Copies the lists. */
        public Row {
            rules = List.copyOf(rules);
            disks = List.copyOf(disks);
            nics = List.copyOf(nics);
        }
    }

    @Override
    public String name() {
        return "vm.info";
    }

    @Override
    public String summary() {
        return "Show all that is known of a VM";
    }

    @Override
    public Class<OneVm> parametersType() {
        return OneVm.class;
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }

    @Override
    public CompletionStage<Page<Row>> read(OneVm parameters, Snapshot snapshot, PageRequest page) {
        VmSight vm = VmSight.of(parameters.id(), snapshot)
                .orElseThrow(() -> new IllegalArgumentException(
                        "id: there is no VM \"" + parameters.id() + "\"; accepted: one of vm:list"));
        Place place = Place.of(vm.host(), snapshot);
        Hardware hardware = vm.wanted() == null ? Hardware.NONE : vm.wanted().hardware();
        return CompletableFuture.completedFuture(new Page<>(List.of(new Row(
                vm.id(),
                vm.state(host -> HostStates.isDown(host, snapshot)),
                vm.wanted() == null ? null : vm.wanted().power(),
                vm.wanted() == null ? null : vm.wanted().host(),
                vm.seen() == null ? null : vm.seen().power(),
                vm.seen() == null ? null : vm.seen().host(),
                place.zone(),
                place.rack(),
                place.cluster(),
                Place.cores(vm.millicores()),
                vm.memory(),
                vm.labels(),
                rules(vm, snapshot),
                isSimulated(vm.host(), snapshot),
                hardware.disks().stream().map(VmInfoView::inWords).toList(),
                hardware.nics().stream()
                        .map(nic -> nic.device() + ": " + nic.network() + ", " + nic.mac())
                        .toList(),
                inWords(hardware.kernel())))));
    }

    private static String inWords(VmDisk disk) {
        String bus = disk.bus().name().toLowerCase(Locale.ROOT);
        boolean said = disk.bus() == DiskBus.CD || !disk.readOnly();
        return disk.device() + ": " + disk.disk() + " (" + bus + (said ? ")" : ", read only)");
    }

    private static String inWords(@Nullable KernelBoot kernel) {
        return kernel == null
                ? ""
                : String.join(
                        " ",
                        Stream.of(kernel.image(), kernel.initramfs(), kernel.commandLine())
                                .filter(part -> !part.isEmpty())
                                .toList());
    }

    private static List<String> rules(VmSight vm, Snapshot snapshot) {
        List<String> rules = new ArrayList<>();
        for (PlacementRule rule : snapshot.rows(PlacementRule.KIND)) {
            if (vm.labels().has(rule.group().key(), rule.group().value())) {
                rules.add(rule.id() + ": " + rule.inWords());
            }
        }
        return rules;
    }

    private static boolean isSimulated(@Nullable HostId host, Snapshot snapshot) {
        return host != null
                && snapshot.rows(SiteKinds.HOST_OBSERVED)
                        .find(host)
                        .filter(ObservedHost::simulated)
                        .isPresent();
    }
}
