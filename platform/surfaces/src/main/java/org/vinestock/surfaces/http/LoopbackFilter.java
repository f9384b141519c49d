package org.vinestock.surfaces.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * Lets in requests from this machine that call it by a loopback name. A page of another origin whose name was made to
 * resolve to this machine calls it by that name, and is refused. So is what a page of another origin lets the browser ask
 * in the name of whoever signed in there; it may only link here.
 */
@Component(service = Filter.class)
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardFilterAsyncSupported
public final class LoopbackFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String host = request.getHeader("Host");
        if (!loopback(nameOf(host))) {
            Exchange.send(
                    Problem.of(421, "HOST_NAME", "host name " + host + "; accepted: localhost, 127.0.0.1, [::1]")
                            .reply(),
                    request,
                    response);
        } else if (!loopback(request.getRemoteAddr())) {
            Exchange.send(
                    Problem.of(403, "NOT_LOCAL", "only this machine itself is let in")
                            .reply(),
                    request,
                    response);
        } else if (fromElsewhere(request)) {
            Exchange.send(
                    Problem.of(403, "OTHER_ORIGIN", "a page of another origin asked; it may only link here")
                            .reply(),
                    request,
                    response);
        } else {
            response.setHeader("X-Frame-Options", "DENY");
            response.setHeader("Referrer-Policy", "no-referrer");
            chain.doFilter(request, response);
        }
    }

    private static boolean fromElsewhere(HttpServletRequest request) {
        boolean link = request.getMethod().equals("GET") && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
        return !link
                && fromElsewhere(
                        request.getHeader("Sec-Fetch-Site"), request.getHeader("Origin"), request.getHeader("Host"));
    }

    /** Whether a browser says that it asks for a page of another origin; programs say nothing. */
    static boolean fromElsewhere(@Nullable String site, @Nullable String origin, @Nullable String host) {
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        return origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host);
    }

    /** The name in a Host header, without the port. */
    static String nameOf(@Nullable String host) {
        if (host == null) {
            return "";
        }
        int bracket = host.indexOf(']');
        int colon = host.indexOf(':', Math.max(bracket, 0));
        return colon < 0 ? host : host.substring(0, colon);
    }

    static boolean loopback(@Nullable String name) {
        String plain = name == null
                ? ""
                : name.toLowerCase(Locale.ROOT).replace("[", "").replace("]", "");
        return plain.equals("localhost")
                || plain.equals("::1")
                || plain.equals("0:0:0:0:0:0:0:1")
                || plain.matches("127(\\.\\d{1,3}){3}");
    }
}
