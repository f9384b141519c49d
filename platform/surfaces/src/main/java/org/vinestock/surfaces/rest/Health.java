package org.vinestock.surfaces.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vinestock.surfaces.http.Json;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.Site;

/** Says whether the control plane serves: 200, or 503 with the reason. */
final class Health {
    static final String PATH = "/health";

    private Health() {}

    /** Says it of a site; null while there is none. */
    static Reply of(@Nullable Site site) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (site == null) {
            facts.put("serves", false);
            facts.put("reason", "the control plane is starting, or one of kernel and store is missing");
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
