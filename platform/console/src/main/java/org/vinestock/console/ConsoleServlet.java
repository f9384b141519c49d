package org.vinestock.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * Hands out the console's files at {@code /}. They load nothing from elsewhere, which the content security policy holds
 * them to.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/*")
public final class ConsoleServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** A file of the console. */
    record Page(String name, String type) {}

    /** Finds the file of a path; whatever is not listed here is not handed out. */
    static Optional<Page> page(String path) {
        return switch (path) {
            case "", "/", "/index.html" -> Optional.of(new Page("index.html", "text/html; charset=utf-8"));
            case "/vm.html" -> Optional.of(new Page("vm.html", "text/html; charset=utf-8"));
            case "/site.js" -> Optional.of(new Page("site.js", "text/javascript; charset=utf-8"));
            case "/vm.js" -> Optional.of(new Page("vm.js", "text/javascript; charset=utf-8"));
            case "/console.js" -> Optional.of(new Page("console.js", "text/javascript; charset=utf-8"));
            case "/console.css" -> Optional.of(new Page("console.css", "text/css; charset=utf-8"));
            case "/icon.svg" -> Optional.of(new Page("icon.svg", "image/svg+xml"));
            default -> Optional.empty();
        };
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        Optional<Page> page = page(path == null ? "" : path);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (page.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            response.setContentType("text/plain; charset=utf-8");
            response.getOutputStream()
                    .write("There is no such page. The console is at /, the API at /api/v1/openapi.json\n"
                            .getBytes(StandardCharsets.UTF_8));
            return;
        }
        byte[] bytes = read(page.get());
        response.setContentType(page.get().type());
        response.setContentLength(bytes.length);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        response.getOutputStream().write(bytes);
    }

    static byte[] read(Page page) throws IOException {
        try (InputStream in = ConsoleServlet.class.getResourceAsStream("/console/" + page.name())) {
            if (in == null) {
                throw new IOException("/console/" + page.name() + " is missing from the bundle");
            }
            return in.readAllBytes();
        }
    }
}
