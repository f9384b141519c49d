package org.vinestock.lab;

import java.util.List;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;

/**
 * The lab: a site in one process, made to be broken. Building it makes a lab without a site; {@code lab.build} makes the
 * site, in the container as in a twin.
 */
public final class LabArea implements Area {
    @Override
    public String name() {
        return "lab";
    }

    @Override
    public Parts build(Platform platform) {
        SiteParts parts = new SiteParts(platform);
        return new Parts(
                parts.operations(),
                parts.views(),
                parts.steps(),
                List.of(),
                List.of(),
                List.of(),
                List.of(parts.site()),
                parts::close);
    }
}
