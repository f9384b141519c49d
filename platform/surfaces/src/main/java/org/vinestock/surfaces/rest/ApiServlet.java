package org.vinestock.surfaces.rest;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.vinestock.surfaces.http.Exchange;
import org.vinestock.surfaces.http.Problem;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.SiteConnection;

/** Serves {@link Api}; says 503 while there is no control plane. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({Api.BASE, Api.BASE + "/*"})
public final class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient SignIn signIn = new JaasSignIn();
    private transient volatile @Nullable Api api;

    /** The control plane is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bind(SiteConnection connection) {
        api = new Api(
                connection.site(), connection.site().platform().scheduler().lane("rest"));
    }

    /** It is gone. */
    void unbind(SiteConnection connection) {
        api = null;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Api current = api;
        Reply reply;
        if (current == null) {
            reply = Problem.of(503, "NOT_READY", "the control plane is not there yet; /health tells when")
                    .withHeader("Retry-After", "1")
                    .reply();
        } else {
            try {
                reply = current.answer(Requests.asked(request, signIn));
            } catch (Problem.Thrown e) {
                reply = e.problem().reply();
            }
        }
        Exchange.send(reply, request, response);
    }
}
