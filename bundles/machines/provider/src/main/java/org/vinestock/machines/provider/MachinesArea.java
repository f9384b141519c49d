package org.vinestock.machines.provider;

import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.machines.provider.console.ConsoleTerminal;
import org.vinestock.machines.provider.console.ScreenView;
import org.vinestock.machines.provider.console.ScreenshotOperation;
import org.vinestock.machines.provider.console.ScreenshotStep;
import org.vinestock.machines.provider.device.DeviceParts;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.fleet.SiteClusters;
import org.vinestock.machines.provider.host.HostParts;
import org.vinestock.machines.provider.insight.VmEventsView;
import org.vinestock.machines.provider.insight.VmGuestView;
import org.vinestock.machines.provider.insight.VmStatsView;
import org.vinestock.machines.provider.restart.RestartController;
import org.vinestock.machines.provider.step.MachineSteps;
import org.vinestock.machines.provider.view.HostInfoView;
import org.vinestock.machines.provider.view.HostListView;
import org.vinestock.machines.provider.view.RackListView;
import org.vinestock.machines.provider.view.VmInfoView;
import org.vinestock.machines.provider.view.VmListView;
import org.vinestock.machines.provider.vm.OfferedOperations;
import org.vinestock.machines.provider.whole.WholeSite;
import org.vinestock.time.Lane;

/** The area {@code machines}. */
@Component(service = Area.class, configurationPid = MachineSettings.PID)
@Designate(ocd = MachineSettings.Configuration.class)
public final class MachinesArea implements Area {
    private static final Logger LOG = LoggerFactory.getLogger(MachinesArea.class);

    private volatile Duration loadsEvery;

    /** Makes it as it is when nobody configured anything. */
    public MachinesArea() {
        loadsEvery = MachineSettings.LOADS_EVERY;
    }

    /** Makes it as configured. */
    @Activate
    public MachinesArea(MachineSettings.Configuration configuration) {
        loadsEvery = MachineSettings.loadsEvery(configuration, LOG::error);
    }

    /** A changed configuration holds from the next sample on; the area stays. */
    @Modified
    void modified(MachineSettings.Configuration configuration) {
        loadsEvery = MachineSettings.loadsEvery(configuration, LOG::error);
    }

    @Override
    public String name() {
        return "machines";
    }

    @Override
    public Parts build(Platform platform) {
        Fleet fleet = new Fleet(platform, () -> loadsEvery);
        fleet.start();
        DeviceParts devices = new DeviceParts(platform, fleet);
        HostParts hosts = new HostParts(platform, fleet);
        Lane views = platform.scheduler().lane("machines.views");
        return new Parts(
                joined(List.of(
                        OfferedOperations.all(),
                        devices.operations(),
                        hosts.operations(),
                        List.of(new ScreenshotOperation()))),
                List.of(
                        new VmListView(),
                        new VmInfoView(),
                        new VmStatsView(fleet, views),
                        new VmGuestView(fleet, views),
                        new VmEventsView(fleet),
                        new ScreenView(fleet, views),
                        new HostListView(),
                        new RackListView(),
                        new HostInfoView()),
                joined(List.of(
                        new MachineSteps(platform, fleet).handlers(),
                        devices.steps(),
                        hosts.steps(),
                        List.of(new ScreenshotStep(fleet, platform.scheduler().lane("machines.screenshots"))))),
                List.of(new RestartController()),
                List.of(),
                List.of(),
                List.of(new SiteClusters(), WholeSite.DESIRED, new WholeSite(), new ConsoleTerminal(fleet, views)),
                fleet::close);
    }

    private static <T> List<T> joined(List<List<? extends T>> lists) {
        return lists.stream().<T>flatMap(List::stream).toList();
    }
}
