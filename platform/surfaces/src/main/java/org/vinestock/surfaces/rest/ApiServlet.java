package org.vinestock.surfaces.rest;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.vinestock.inventory.StoreStatus;
import org.vinestock.surfaces.http.Exchange;
import org.vinestock.surfaces.http.Problem;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.Absence;
import org.vinestock.surfaces.site.SiteConnection;

/**
 * Serves {@link Api}, and {@link Health}, which thus says 200 exactly when the other is there to answer; both say 503 while
 * there is no control plane.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({Health.PATH, Api.BASE, Api.BASE + "/*"})
public final class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** A control plane and what answers for it. */
    private record Served(SiteConnection connection, Api api) {}

    private final transient SignIn signIn = new JaasSignIn();
    private transient volatile @Nullable Served served;
    private transient volatile @Nullable StoreStatus store;

    /** The control plane is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bind(SiteConnection connection) {
        served = new Served(
                connection,
                new Api(
                        connection.site(),
                        connection.site().platform().scheduler().lane("rest")));
    }

    /** It is gone; another one may have come before. */
    synchronized void unbind(SiteConnection connection) {
        Served current = served;
        if (current != null && current.connection() == connection) {
            served = null;
        }
    }

    /** The store says how it stands. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindStore(StoreStatus status) {
        store = status;
    }

    /** It is gone. */
    synchronized void unbindStore(StoreStatus status) {
        if (store == status) {
            store = null;
        }
    }

    private StoreStatus.@Nullable Standing standing() {
        StoreStatus current = store;
        return current == null ? null : current.standing();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getServletPath().equals(Health.PATH)) {
            Exchange.send(answer(() -> Requests.asked(request, signIn)), request, response);
        } else if (!Exchange.refused(request, response)) {
            Exchange.send(health(), request, response);
        }
    }

    Reply health() {
        Served current = served;
        return Health.of(current == null ? null : current.connection().site(), standing());
    }

    Reply answer(Supplier<Asked> asked) {
        Served current = served;
        if (current == null) {
            Absence absence = Absence.of(standing());
            return Problem.of(503, absence.code(), absence.sentence() + "; /health tells when it is there")
                    .withHeader("Retry-After", "1")
                    .reply();
        }
        try {
            return current.api().answer(asked.get());
        } catch (Problem.Thrown e) {
            return e.problem().reply();
        }
    }
}
