package com.example.otherplacement;

import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.decision.BuiltIn;
import org.vinestock.placement.Placements;

/**
 * The area placement, by another vendor: opens its decision point, brings a strategy of its own that decides where nobody has
 * chosen, and says by {@code placement:place} where a VM would go. Rules that stand are kept: they are guardrails of the
 * point.
 */
@Component(service = Area.class)
public final class OtherPlacement implements Area {
    @Override
    public String name() {
        return "placement";
    }

    @Override
    public Parts build(Platform platform) {
        return new Parts(
                List.of(),
                List.of(new WhereView(platform.decisions(), platform.scheduler().lane("other-placement"))),
                List.of(),
                List.of(),
                List.of(Placements.PLACE),
                List.of(new BuiltIn<>(Placements.PLACE, "roomiest", "1.0", Roomiest::new, true)),
                List.of(),
                () -> {});
    }
}
