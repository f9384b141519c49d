package org.vinestock.surfaces.rest;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.surfaces.site.Site;
import org.vinestock.surfaces.site.SiteConnection;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * Server-sent events of what changes and what is decided. Each listener has one of the server's threads, at most
 * {@value #MOST_LISTENERS}; it is told at most four times a second.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Api.BASE + "/events")
public final class EventsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST_LISTENERS = 32;
    private static final int PACE_MILLIS = 250;
    private static final int HEARTBEAT_SECONDS = 15;

    private final transient Site site;
    private final transient @Nullable DecisionFeed feed;
    private final transient Lane lane;
    private final transient Semaphore free = new Semaphore(MOST_LISTENERS);
    private final transient CountDownLatch ended = new CountDownLatch(1);

    /** Receives what it tells of. */
    @Activate
    public EventsServlet(
            @Reference SiteConnection connection,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    DecisionFeed feed) {
        this.site = connection.site();
        this.feed = feed;
        this.lane = site.platform().scheduler().lane("events");
    }

    @Deactivate
    void stop() {
        ended.countDown();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!free.tryAcquire()) {
            Problem problem = Problem.of(503, "TOO_MANY_LISTENERS", MOST_LISTENERS + " listen already");
            Exchange.send(Api.reply(problem.withHeader("Retry-After", "10")), request, response);
            return;
        }
        try {
            EventStream stream = new EventStream(site, feed, request.getHeader("Last-Event-ID"));
            response.setContentType("text/event-stream");
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.setHeader("Cache-Control", "no-store");
            tell(stream, response.getWriter(), response);
        } catch (IllegalArgumentException e) {
            Exchange.send(
                    Api.reply(Problem.of(400, "NOT_ACCEPTED", String.valueOf(e.getMessage()))), request, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }

    private void tell(EventStream stream, Writer out, HttpServletResponse response)
            throws IOException, InterruptedException {
        Semaphore woken = new Semaphore(1);
        Cancellable changes = site.inventory().onChange(lane, woken::release);
        Cancellable decisions = feed == null ? () -> {} : feed.onDecision(lane, woken::release);
        try {
            do {
                if (woken.tryAcquire(HEARTBEAT_SECONDS, TimeUnit.SECONDS)) {
                    woken.drainPermits();
                    stream.tell(out);
                } else {
                    out.append(": still here\n\n");
                }
                response.flushBuffer();
            } while (!ended.await(PACE_MILLIS, TimeUnit.MILLISECONDS));
        } finally {
            changes.cancel();
            decisions.cancel();
        }
    }
}
