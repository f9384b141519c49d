package org.vinestock.surfaces.rest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.model.ErrorCode;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Role;
import org.vinestock.surfaces.form.Field;
import org.vinestock.surfaces.form.Form;
import org.vinestock.surfaces.http.Exchange;
import org.vinestock.surfaces.http.Json;
import org.vinestock.surfaces.http.Problem;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.Entry;
import org.vinestock.surfaces.site.Fault;
import org.vinestock.surfaces.site.Person;
import org.vinestock.surfaces.site.Site;
import org.vinestock.surfaces.site.TaskWatch;
import org.vinestock.task.PlannedStep;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.time.Lane;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.Picture;
import org.vinestock.view.View;

/**
 * Answers {@code POST /api/v1/scope/verb} by operations and {@code GET /api/v1/scope/noun} by views. A view's arguments may
 * follow as path segments: {@code /api/v1/vm/info/vm-7}.
 *
 * <p><b>Calls.</b> By any number of the server's threads, which wait.
 *
 * <p><b>Failure.</b> Every failure is a {@link Problem}; a defect is logged with its trace.
 */
final class Api {
    static final String BASE = "/api/v1";

    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int LONGEST_WAIT = 60;
    private static final int MOST_WAITING = 6; // of the server's 24 threads; who comes later is answered at once
    private static final int MOST_STREAMS = 4;

    private final Site site;
    private final Lane lane;
    private final Terminals terminals;
    private final Semaphore mayWait = new Semaphore(MOST_WAITING);
    private final Semaphore mayStream = new Semaphore(MOST_STREAMS);

    Api(Site site, Lane lane) {
        this.terminals = new Terminals(site);
        this.site = site;
        this.lane = lane;
    }

    /** Answers. */
    Reply answer(Asked asked) {
        try {
            return route(asked);
        } catch (Problem.Thrown e) {
            return e.problem().reply();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Problem.of(503, "STOPPING", "the server stops").reply();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return problem(e).reply();
        }
    }

    private static Problem problem(Throwable thrown) {
        Fault fault = Fault.of(thrown);
        if (fault.cause() == ErrorCode.Cause.BUG) {
            LOG.error("a request failed", thrown);
        }
        return Problem.of(fault);
    }

    private Reply route(Asked asked) throws InterruptedException, ExecutionException, TimeoutException {
        List<String> path = asked.segments();
        boolean post = asked.method().equals("POST");
        boolean get = asked.method().equals("GET") || asked.method().equals("HEAD");
        if (get && path.equals(List.of("openapi.json"))) {
            return new Reply(200, OpenApi.write(site.entries()));
        } else if (path.size() < 2) {
            throw new Problem.Thrown(Problem.unknown("say what: " + BASE + "/scope/noun", paths("")));
        }
        String name = path.get(0) + "." + path.get(1);
        Entry entry = site.find(name)
                .orElseThrow(() -> new Problem.Thrown(Problem.unknown(
                        "there is no " + BASE + "/" + path.get(0) + "/" + path.get(1), paths(path.get(0)))));
        if (entry instanceof Entry.OfOperation<?, ?> operation) {
            if (!post) {
                throw new Problem.Thrown(notAllowed(asked, name + " is an operation", "POST"));
            } else if (path.size() > 2) {
                throw new Problem.Thrown(
                        Problem.unknown("an operation takes its parameters as JSON", paths(path.get(0))));
            }
            return operate(operation, asked);
        } else if (entry instanceof Entry.OfTerminal<?> terminal) {
            if (!get && !post) {
                throw new Problem.Thrown(notAllowed(asked, name + " is a terminal", "GET, HEAD, POST"));
            }
            return terminals.answer(terminal, asked, texts(entry, asked));
        } else if (!get) {
            throw new Problem.Thrown(notAllowed(asked, name + " is a view", "GET, HEAD"));
        }
        return look((Entry.OfView<?, ?>) entry, asked);
    }

    private static Problem notAllowed(Asked asked, String why, String allowed) {
        return Problem.of(
                        405,
                        "METHOD_NOT_ALLOWED",
                        asked.method() + " is not accepted: " + why + "; accepted: " + allowed)
                .withHeader("Allow", allowed);
    }

    /** What there is in a scope, or everywhere if the scope is unknown. */
    private List<String> paths(String scope) {
        List<Entry> all = site.entries();
        List<Entry> near =
                all.stream().filter(entry -> entry.scope().equals(scope)).toList();
        return (near.isEmpty() ? all : near)
                .stream()
                        .flatMap(entry -> methods(entry)
                                .map(method -> method + " " + BASE + "/" + entry.scope() + "/" + entry.verb()))
                        .toList();
    }

    private static Stream<String> methods(Entry entry) {
        return entry instanceof Entry.OfView
                ? Stream.of("GET")
                : entry instanceof Entry.OfTerminal ? Stream.of("GET", "POST") : Stream.of("POST");
    }

    /** What is in the query, and the arguments that are in the path. */
    private SortedMap<String, String> texts(Entry entry, Asked asked) {
        SortedMap<String, String> texts = new TreeMap<>(asked.query());
        List<String> arguments = asked.arguments();
        List<Field> places = entry.form().positional();
        if (arguments.size() > places.size()) {
            throw new Problem.Thrown(Problem.unknown(
                    entry.name() + " takes " + places.size() + (places.size() == 1 ? " argument" : " arguments")
                            + " in its path",
                    paths(entry.scope())));
        }
        for (int i = 0; i < arguments.size(); i++) {
            texts.put(places.get(i).name(), arguments.get(i));
        }
        return texts;
    }

    /** What came of looking for something: if the path named it, it is not found there. */
    static Problem.Thrown notFound(Exception e, Asked asked) {
        Problem problem = problem(e);
        return new Problem.Thrown(
                problem.code().equals(Fault.NOT_ACCEPTED) && !asked.arguments().isEmpty()
                        ? Problem.of(404, "NOT_FOUND", problem.detail())
                        : problem);
    }

    private <P extends Record, R extends Record> Reply look(Entry.OfView<P, R> entry, Asked asked)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (entry.view().role() != Role.VIEWER) { // who only looks need not sign in
            asked.person().get().mustBe(entry.view().role(), entry.name());
        }
        Form<P> form = entry.form();
        SortedMap<String, String> texts = texts(entry, asked);
        int limit =
                form.find("limit").isPresent() ? PageRequest.MAX_LIMIT : number(texts.remove("limit"), "limit", 1000);
        String after = form.find("after").isPresent()
                ? ""
                : Optional.ofNullable(texts.remove("after")).orElse("");
        P parameters = form.fill(texts, site.codec());
        PageRequest request = new PageRequest(after, limit);
        try {
            if (asked.accepted().equals(Exchange.LINES) && !asked.method().equals("HEAD")) {
                return lines(entry.view(), parameters, request);
            }
            Page<R> page = site.read(entry.view(), parameters, request);
            return !asked.accepted().equals(Exchange.JSON)
                            && page.rows().size() == 1
                            && page.rows().get(0) instanceof Picture picture
                    ? Reply.of(new Reply.Png(picture.asPng()))
                    : new Reply(200, site.codec().write(page));
        } catch (ExecutionException | IllegalArgumentException e) {
            throw notFound(e, asked);
        }
    }

    private <P extends Record, R extends Record> Reply lines(View<P, R> view, P parameters, PageRequest request)
            throws InterruptedException, ExecutionException, TimeoutException {
        Page<R> first = site.read(view, parameters, request);
        if (!mayStream.tryAcquire()) {
            throw new Problem.Thrown(
                    Problem.of(503, "BUSY", MOST_STREAMS + " others read all rows of a view; try again, or read pages")
                            .withHeader("Retry-After", "5"));
        }
        return Reply.of(new RowLines<>(site, view, parameters, first, request.limit(), mayStream::release));
    }

    private <P extends Record, R extends Record> Reply operate(Entry.OfOperation<P, R> entry, Asked asked)
            throws InterruptedException, ExecutionException, TimeoutException {
        SortedMap<String, String> query = new TreeMap<>(asked.query());
        boolean dryRun = truth(query.remove("dryRun"), "dryRun");
        boolean despiteFreeze = truth(query.remove("despiteFreeze"), "despiteFreeze");
        int wait = number(query.remove("wait"), "wait", 0);
        if (wait > LONGEST_WAIT) {
            throw new IllegalArgumentException("wait=" + wait + "; accepted: 0 to " + LONGEST_WAIT + " seconds");
        } else if (!query.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown query parameter " + query.firstKey() + "; accepted: despiteFreeze dryRun wait");
        }
        Person person = asked.person().get();
        person.mustBeAllowed(entry.type());
        P parameters = parameters(entry, asked.body().get());
        if (dryRun) {
            List<PlannedStep> steps = Site.await(site.operations().preview(entry.type(), parameters));
            return new Reply(200, site.codec().write(new DryRun(steps)));
        }
        return start(entry.type(), parameters, new Request(person.name(), asked.idempotencyKey(), despiteFreeze), wait);
    }

    /** What a dry run answers. */
    record DryRun(List<PlannedStep> steps) {}

    private <P extends Record> P parameters(Entry.OfOperation<P, ?> entry, String body) {
        String json = body.isBlank() ? "{}" : body;
        Form<P> form = entry.form();
        for (String name : Json.names(json)) {
            if (form.find(name).isEmpty()) {
                throw new IllegalArgumentException("unknown field " + name + "; accepted: " + form.accepted());
            }
        }
        return site.codec().read(json, entry.type().parameters());
    }

    private <P extends Record, R extends Record> Reply start(
            OperationType<P, R> type, P parameters, Request request, int wait)
            throws InterruptedException, ExecutionException, TimeoutException {
        Task<R> task = site.operations().start(type, parameters, request);
        Site.await(task.accepted());
        String location = BASE + "/task/info/" + task.id();
        Optional<TaskStatus> status = wait > 0 && mayWait.tryAcquire() ? await(task, wait) : Optional.empty();
        if (status.isEmpty()) {
            String json =
                    site.operations().find(task.id()).map(site.codec()::write).orElse("{}");
            return new Reply(202, json).withHeader("Location", location);
        } else if (status.get().state() == TaskState.DONE) {
            return new Reply(200, site.codec().write(status.get())).withHeader("Location", location);
        }
        return failure(task, status.get())
                .with("task", task.id())
                .with("state", status.get().state())
                .withHeader("Location", location)
                .reply();
    }

    /** Waits for the end; empty if it did not come. */
    private Optional<TaskStatus> await(Task<?> task, int seconds) throws InterruptedException {
        try (TaskWatch watch = new TaskWatch(site.operations(), task.id(), lane)) {
            for (int ticks = 0; ticks < seconds; ticks++) {
                Optional<TaskStatus> news = watch.next(TICK);
                if (news.isPresent() && news.get().state().ended()) {
                    return news;
                }
            }
            return Optional.empty();
        } finally {
            mayWait.release();
        }
    }

    private static Problem failure(Task<?> task, TaskStatus status) throws InterruptedException, TimeoutException {
        if (status.state() == TaskState.CANCELLED) {
            return Problem.of(409, "CANCELLED", task.id() + " was cancelled: " + status.message());
        }
        try {
            Site.await(task.result());
            return Problem.of(500, "BUG", status.message());
        } catch (ExecutionException e) {
            return problem(e);
        }
    }

    private static boolean truth(@Nullable String text, String name) {
        if (text == null || text.equals("false")) {
            return false;
        } else if (text.equals("true") || text.isEmpty()) {
            return true;
        }
        throw new IllegalArgumentException(name + "=" + text + "; accepted: true or false");
    }

    private static int number(@Nullable String text, String name, int byDefault) {
        if (text == null) {
            return byDefault;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(name + "=" + text + "; accepted: a whole number, not negative");
    }
}
