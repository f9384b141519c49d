package org.vinestock.placement.provider;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.vinestock.area.Area;
import org.vinestock.area.DesiredKinds;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.decision.BuiltIn;
import org.vinestock.placement.Placements;
import org.vinestock.placement.provider.advice.ExplainView;
import org.vinestock.placement.provider.advice.PlaceView;
import org.vinestock.placement.provider.rule.RuleParts;
import org.vinestock.placement.provider.rule.RulesKept;
import org.vinestock.placement.provider.strategy.BestFitPlacement;
import org.vinestock.placement.provider.strategy.SpreadPlacement;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.time.Lane;
import org.vinestock.view.View;

/** The area {@code placement}. */
@Component(service = Area.class)
public final class PlacementArea implements Area {
    @Override
    public String name() {
        return "placement";
    }

    @Override
    public Parts build(Platform platform) {
        Lane lane = platform.scheduler().lane("placement");
        RuleParts rules = new RuleParts(platform.inventory(), lane);
        List<View<?, ?>> views = new ArrayList<>(rules.views());
        views.add(new ExplainView(platform.decisions(), lane));
        views.add(new PlaceView(platform.decisions(), lane));
        return new Parts(
                rules.operations(),
                views,
                rules.steps(),
                List.of(),
                List.of(Placements.PLACE),
                List.of(
                        new BuiltIn<>(Placements.PLACE, "best-fit", "1.0", BestFitPlacement::new, true),
                        new BuiltIn<>(Placements.PLACE, "spread", "1.0", SpreadPlacement::new, false)),
                List.of(new DesiredKinds(List.of(PlacementRule.KIND)), new RulesKept()),
                () -> {});
    }
}
