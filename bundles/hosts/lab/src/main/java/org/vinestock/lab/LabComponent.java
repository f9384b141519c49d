package org.vinestock.lab;

import org.osgi.service.component.annotations.Component;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;

/** Offers the lab to the container. */
@Component(service = Area.class)
public final class LabComponent implements Area {
    private final LabArea lab = new LabArea();

    @Override
    public String name() {
        return lab.name();
    }

    @Override
    public Parts build(Platform platform) {
        return lab.build(platform);
    }
}
