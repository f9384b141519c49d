package org.vinestock.kernel.site;

import org.vinestock.kernel.act.FreezeCheck;
import org.vinestock.kernel.turn.Freeze;

/** Lets tasks ask whether acting is frozen. */
final class FreezeChecks {
    private FreezeChecks() {}

    static FreezeCheck of(Freeze freeze) {
        return clusters -> freeze.holds(clusters) ? freeze.refusal().getMessage() : null;
    }
}
