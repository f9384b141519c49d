package org.vinestock.simulation.hosts;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.machines.Hypervisors;

/** The area that connects a process of the control plane with the hosts of a world. */
public record HostsArea(Supplier<World> world, UnaryOperator<Hypervisors> faulty) implements Area {
    @Override
    public String name() {
        return "hosts";
    }

    @Override
    public Parts build(Platform platform) {
        Network network = world.get().connect(platform.scheduler(), faulty);
        return new Parts(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(network), network::close);
    }
}
