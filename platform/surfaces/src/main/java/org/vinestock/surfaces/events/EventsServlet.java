package org.vinestock.surfaces.events;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.surfaces.http.Exchange;
import org.vinestock.surfaces.http.Problem;
import org.vinestock.surfaces.site.Site;
import org.vinestock.surfaces.site.SiteConnection;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Server-sent events of what changes and what is decided, at most four times a second to each listener. A lane owns the
 * listeners and writes without waiting, so that listeners need no threads.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/api/v1/events")
@HttpWhiteboardServletAsyncSupported
public final class EventsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST_LISTENERS = 100;
    private static final Duration PACE = Duration.ofMillis(250);
    private static final int PACES_A_HEARTBEAT = 60;

    private final transient Site site;
    private final transient @Nullable DecisionFeed feed;
    private final transient Scheduler scheduler;
    private final transient Lane lane;
    private final transient List<Listener> listeners = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private transient Cancellable changes = () -> {};
    private transient Cancellable decisions = () -> {};
    private transient Cancellable tick = () -> {};
    private volatile boolean news;
    private volatile boolean ended;
    private boolean pacing;
    private int paces;

    /** Receives what it tells of. */
    @Activate
    public EventsServlet(
            @Reference SiteConnection connection,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    DecisionFeed feed) {
        this.site = connection.site();
        this.feed = feed;
        this.scheduler = site.platform().scheduler();
        this.lane = scheduler.lane("events");
    }

    @Activate
    void start() {
        changes = site.inventory().onChange(lane, () -> news = true);
        decisions = feed == null ? () -> {} : feed.onDecision(lane, () -> news = true);
    }

    @Deactivate
    void stop() {
        ended = true;
        changes.cancel();
        decisions.cancel();
        lane.execute(() -> {
            tick.cancel();
            listeners.forEach(Listener::end);
            listeners.clear();
        });
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Exchange.refused(request, response)) {
            return;
        }
        EventStream stream;
        try {
            stream = new EventStream(site, feed, request.getHeader("Last-Event-ID"));
        } catch (IllegalArgumentException e) {
            Exchange.send(
                    Problem.of(400, "NOT_ACCEPTED", String.valueOf(e.getMessage()))
                            .reply(),
                    request,
                    response);
            return;
        }
        if (count.incrementAndGet() > MOST_LISTENERS) {
            count.decrementAndGet();
            Problem problem = Problem.of(503, "TOO_MANY_LISTENERS", MOST_LISTENERS + " listen already");
            Exchange.send(problem.withHeader("Retry-After", "10").reply(), request, response);
            return;
        }
        response.setContentType("text/event-stream");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-store");
        AsyncContext exchange = request.startAsync();
        exchange.setTimeout(0);
        Listener listener = new Listener(exchange, stream, this::look);
        lane.execute(() -> add(listener));
        listener.begin();
    }

    private void add(Listener listener) {
        if (ended) {
            listener.end();
            return;
        }
        listeners.add(listener);
        news = true;
        if (!pacing) {
            pace();
        }
    }

    /** Something may be written to a listener, or it has gone. What it missed it is told at the next pace. */
    private void look(Listener listener) {
        lane.execute(() -> {
            news |= listener.goOn();
            forget();
        });
    }

    private void tell(boolean heartbeat) {
        Bulletin bulletin = new Bulletin(site, feed);
        listeners.forEach(listener -> listener.tell(bulletin, heartbeat));
        forget();
    }

    private void forget() {
        int before = listeners.size();
        listeners.removeIf(Listener::gone);
        count.addAndGet(listeners.size() - before);
    }

    private void pace() {
        boolean heartbeat = ++paces % PACES_A_HEARTBEAT == 0;
        if (news || heartbeat) {
            news = false;
            tell(heartbeat);
        }
        pacing = !listeners.isEmpty() && !ended;
        if (pacing) {
            tick = scheduler.after(PACE, lane, this::pace);
        }
    }
}
