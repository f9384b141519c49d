package org.vinestock.dataplane.provider;

import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.dataplane.provider.link.BundleJars;

/** Offers the data plane to the container. */
@Component(service = Area.class, configurationPid = PlaneSettings.PID)
@Designate(ocd = PlaneSettings.Configuration.class)
public final class DataPlaneComponent implements Area {
    private static final Logger LOG = LoggerFactory.getLogger(DataPlaneComponent.class);

    private final DataPlaneArea area;

    /** As configured. */
    @Activate
    public DataPlaneComponent(PlaneSettings.Configuration configuration) {
        String version =
                String.valueOf(FrameworkUtil.getBundle(DataPlaneComponent.class).getVersion());
        area = new DataPlaneArea(PlaneSettings.of(configuration, LOG::error), new BundleJars(), version);
    }

    @Override
    public String name() {
        return area.name();
    }

    @Override
    public Parts build(Platform platform) {
        return area.build(platform);
    }
}
