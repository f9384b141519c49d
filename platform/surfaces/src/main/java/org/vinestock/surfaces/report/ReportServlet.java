package org.vinestock.surfaces.report;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.vinestock.report.Report;
import org.vinestock.surfaces.form.Form;
import org.vinestock.surfaces.http.Exchange;
import org.vinestock.surfaces.http.Problem;
import org.vinestock.surfaces.site.Fault;
import org.vinestock.surfaces.site.Site;
import org.vinestock.surfaces.site.SiteConnection;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/**
 * Hands out reports as pages: {@code /reports/NAME.html}. Written by hand because a page with charts follows from no view; the
 * data is that of {@code GET /api/v1/report/info/NAME}.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/reports/*")
public final class ReportServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Pattern PAGE = Pattern.compile("/([A-Za-z0-9._-]+)\\.html");

    private final transient Site site;

    /** Receives what it shows. */
    @Activate
    public ReportServlet(@Reference SiteConnection connection) {
        this.site = connection.site();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Exchange.refused(request, response)) {
            return;
        }
        String path = request.getPathInfo();
        Matcher page = PAGE.matcher(path == null ? "" : path);
        if (!page.matches()) {
            Problem problem = Problem.of(
                    404, "NOT_FOUND", "there is no such page; accepted: /reports/NAME.html, see /api/v1/report/list");
            Exchange.send(problem.reply(), request, response);
            return;
        }
        try {
            send(ReportPage.of(report(page.group(1))), request, response);
        } catch (IllegalArgumentException | ExecutionException | TimeoutException e) {
            Fault fault = Fault.of(e);
            boolean unknown = fault.code().equals(Fault.NOT_ACCEPTED);
            Problem problem = unknown ? Problem.of(404, "NOT_FOUND", fault.message()) : Problem.of(fault);
            Exchange.send(problem.reply(), request, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Exchange.send(Problem.of(503, "STOPPING", "the server stops").reply(), request, response);
        }
    }

    private Report report(String name) throws InterruptedException, ExecutionException, TimeoutException {
        View<?, ?> view =
                site.view("report.info").orElseThrow(() -> new IllegalArgumentException("nobody keeps reports here"));
        return (Report) read(view, name).rows().get(0);
    }

    private <P extends Record, R extends Record> Page<R> read(View<P, R> view, String name)
            throws InterruptedException, ExecutionException, TimeoutException {
        SortedMap<String, String> typed = new TreeMap<>();
        typed.put("id", name);
        return site.read(view, Form.of(view.parametersType()).fill(typed, site.codec()), new PageRequest("", 1));
    }

    private static void send(String page, HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html; charset=utf-8");
        response.setHeader("Content-Security-Policy", ReportPage.POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-cache");
        response.setContentLength(bytes.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(bytes);
        }
    }
}
