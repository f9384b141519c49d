package org.vinestock.machines.provider.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Hypervisors;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** An area of hosts made by hand. */
public final class HandMadeHosts implements Area, Hypervisors {
    public final TreeMap<String, HandMadeHost> byName = new TreeMap<>();
    private final List<Runnable> wakes = new ArrayList<>();

    @Override
    public String name() {
        return "hand-made";
    }

    @Override
    public Parts build(Platform platform) {
        return new Parts(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(this), () -> {});
    }

    HandMadeHost add(HostId id, long millicores, ByteCount memory, Platform platform) {
        HandMadeHost host = make(id, millicores, memory, platform);
        show(host);
        return host;
    }

    HandMadeHost make(HostId id, long millicores, ByteCount memory, Platform platform) {
        return new HandMadeHost(id, millicores, memory, platform.scheduler());
    }

    void show(HandMadeHost host) {
        byName.put(host.host().value(), host);
        List.copyOf(wakes).forEach(Runnable::run);
    }

    /** Nobody runs a host any more. */
    public void hide(String name) {
        byName.remove(name);
        List.copyOf(wakes).forEach(Runnable::run);
    }

    @Override
    public List<HostId> hosts() {
        return byName.values().stream().map(HandMadeHost::host).toList();
    }

    @Override
    public Optional<Hypervisor> find(HostId host) {
        return Optional.ofNullable(byName.get(host.value()));
    }

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        Runnable onLane = () -> lane.execute(wake);
        wakes.add(onLane);
        return () -> wakes.remove(onLane);
    }
}
