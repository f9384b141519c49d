package org.vinestock.surfaces.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.StoreStatus;
import org.vinestock.surfaces.http.Json;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.Absence;
import org.vinestock.surfaces.site.Site;

/** Says whether the control plane serves: 200, or 503 with the reason. */
final class Health {
    static final String PATH = "/health";

    private Health() {}

    /** Says it of a site, null while there is none, and by how the store stands. */
    static Reply of(@Nullable Site site, StoreStatus.@Nullable Standing standing) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (site == null || (standing != null && standing.state() != StoreStatus.State.LEADS)) {
            Absence absence = Absence.of(standing);
            facts.put("serves", false);
            facts.put("state", absence.code());
            facts.put("reason", absence.sentence());
            return new Reply(503, Json.write(facts)).withHeader("Retry-After", "1");
        }
        try {
            long revision = site.inventory().committed().ref().revision();
            facts.put("serves", true);
            facts.put("revision", revision);
            facts.put("operations", site.operations().types().size());
            facts.put("views", site.views().all().size());
            return new Reply(200, Json.write(facts));
        } catch (RuntimeException e) {
            facts.put("serves", false);
            facts.put("reason", "the control plane does not answer: " + e.getMessage());
            return new Reply(503, Json.write(facts));
        }
    }
}
