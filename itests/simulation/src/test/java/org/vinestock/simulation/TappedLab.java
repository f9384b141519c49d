package org.vinestock.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.lab.LabArea;
import org.vinestock.machines.Hypervisors;

/** The lab, with its hosts behind {@link TappedHosts}. */
final class TappedLab implements Area {
    private final UnaryOperator<Hypervisors> between;
    private @Nullable Hypervisors hosts;
    private @Nullable TappedHosts tapped;

    /** Makes one. {@code between}: what stands between the tap and the hosts. */
    TappedLab(UnaryOperator<Hypervisors> between) {
        this.between = between;
    }

    Hypervisors hosts() {
        return Objects.requireNonNull(hosts);
    }

    TappedHosts tapped() {
        return Objects.requireNonNull(tapped);
    }

    @Override
    public String name() {
        return "lab";
    }

    @Override
    public Parts build(Platform platform) {
        Parts lab = new LabArea().build(platform);
        List<Object> services = new ArrayList<>();
        for (Object service : lab.services()) {
            if (service instanceof Hypervisors found) {
                hosts = found;
                tapped = new TappedHosts(between.apply(found), platform.scheduler());
                services.add(tapped);
            } else {
                services.add(service);
            }
        }
        return new Parts(
                lab.operations(),
                lab.views(),
                lab.steps(),
                lab.controllers(),
                lab.points(),
                lab.strategies(),
                services,
                lab.close());
    }
}
