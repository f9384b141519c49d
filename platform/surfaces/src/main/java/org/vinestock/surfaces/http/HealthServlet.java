package org.vinestock.surfaces.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.vinestock.surfaces.site.Site;
import org.vinestock.surfaces.site.SiteConnection;

/** Says at {@code /health} whether the control plane serves: 200, or 503 with the reason. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/health")
public final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private transient volatile @Nullable SiteConnection connection;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Exchange.refused(request, response)) {
            return;
        }
        SiteConnection current = connection;
        Exchange.send(health(current == null ? null : current.site()), request, response);
    }

    static Reply health(@Nullable Site site) {
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
