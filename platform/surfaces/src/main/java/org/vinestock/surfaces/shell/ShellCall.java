package org.vinestock.surfaces.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.model.ErrorCode;
import org.vinestock.surfaces.form.Form;
import org.vinestock.surfaces.site.Entry;
import org.vinestock.surfaces.site.Fault;
import org.vinestock.surfaces.site.Person;
import org.vinestock.surfaces.site.Site;
import org.vinestock.surfaces.site.TaskWatch;
import org.vinestock.surfaces.text.Table;
import org.vinestock.task.PlannedStep;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.time.Lane;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;

/**
 * Carries out derived commands.
 *
 * <p><b>Calls.</b> On the shell's thread, which waits for the answer.
 *
 * <p><b>Failure.</b> One line to {@link Screen#err} and {@code false}; a defect is logged with its trace.
 */
final class ShellCall {
    private static final Logger LOG = LoggerFactory.getLogger(ShellCall.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Site site;
    private final Lane lane;
    private final Screen screen;
    private final Person person;
    private final Keyboard keyboard;

    ShellCall(Site site, Lane lane, Screen screen, Person person) {
        this(site, lane, screen, person, Keyboard.NONE);
    }

    ShellCall(Site site, Lane lane, Screen screen, Person person, Keyboard keyboard) {
        this.keyboard = keyboard;
        this.site = site;
        this.lane = lane;
        this.screen = screen;
        this.person = person;
    }

    /** Carries out {@code scope.verb}; returns whether it went well. */
    boolean run(String name, List<String> words) {
        try {
            Entry entry = site.find(name).orElseThrow(() -> new IllegalArgumentException(absent(name)));
            if (entry instanceof Entry.OfTerminal<?> terminal) {
                return new TerminalCall(site, screen, person, keyboard).run(terminal, words);
            }
            return entry instanceof Entry.OfView<?, ?> view
                    ? show(view, words)
                    : start((Entry.OfOperation<?, ?>) entry, words);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            screen.err().println("interrupted");
            return false;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return fail(e);
        }
    }

    private static String absent(String name) {
        String scope = name.substring(0, name.indexOf('.'));
        return scope + ": no provider installed; " + name.replace('.', ':') + " comes with one";
    }

    private boolean fail(Throwable thrown) {
        return fail(thrown, screen, person.name());
    }

    /** Says in a line why a command failed. */
    static boolean fail(Throwable thrown, Screen screen, String by) {
        Fault fault = Fault.of(thrown);
        if (fault.cause() == ErrorCode.Cause.BUG) {
            LOG.error("a command of {} failed", by, thrown);
        }
        screen.err().println(fault.message());
        return false;
    }

    private <P extends Record, R extends Record> boolean show(Entry.OfView<P, R> entry, List<String> words)
            throws InterruptedException, ExecutionException, TimeoutException {
        Form<P> form = entry.form();
        Arguments typed = Arguments.parse(words, form, Switches.VIEW);
        if (typed.help()) {
            screen.out().print(Usage.help(entry, Switches.VIEW));
            return true;
        }
        Switches.OfView switches = Switches.VIEW.fill(typed.switches(), site.codec());
        person.mustBe(entry.view().role(), entry.name());
        PageRequest request = new PageRequest(switches.after() == null ? "" : switches.after(), switches.limit());
        Page<R> page = site.read(entry.view(), form.fill(typed.own(), site.codec()), request);
        if (switches.json()) {
            screen.out().println(site.codec().write(page));
        } else {
            print(entry, page);
        }
        return true;
    }

    private <R extends Record> void print(Entry.OfView<?, R> entry, Page<R> page) {
        if (!page.heading().isEmpty()) {
            screen.out().println(page.heading());
        }
        Class<R> rowType = entry.view().rowType();
        List<String> lines = entry.verb().equals("info") && page.rows().size() == 1
                ? Table.facts(page.rows().get(0), screen.width())
                : Table.lines(rowType, page.rows(), screen.width());
        lines.forEach(screen.out()::println);
        if (page.rows().isEmpty() && page.heading().isEmpty()) {
            screen.out().println("no " + entry.plural());
        }
        if (page.next() != null) {
            (screen.interactive() ? screen.out() : screen.err()).println("more: --after " + page.next());
        }
    }

    private <P extends Record, R extends Record> boolean start(Entry.OfOperation<P, R> entry, List<String> words)
            throws InterruptedException, ExecutionException, TimeoutException {
        Form<P> form = entry.form();
        Arguments typed = Arguments.parse(words, form, Switches.OPERATION);
        if (typed.help()) {
            screen.out().print(Usage.help(entry, Switches.OPERATION));
            return true;
        }
        Switches.OfOperation switches = Switches.OPERATION.fill(typed.switches(), site.codec());
        if (switches.wait_() != null && switches.wait_() < 0) {
            throw new IllegalArgumentException("--wait " + switches.wait_() + "; accepted: 0 or more seconds");
        }
        person.mustBeAllowed(entry.type());
        P parameters = form.fill(typed.own(), site.codec());
        if (switches.dryRun()) {
            return preview(entry, parameters, switches);
        }
        Task<R> task = site.operations()
                .start(entry.type(), parameters, new Request(person.name(), null, switches.despiteFreeze()));
        Site.await(task.accepted());
        if (switches.wait_() != null && switches.wait_() == 0) {
            screen.out()
                    .println(
                            switches.json()
                                    ? site.operations()
                                            .find(task.id())
                                            .map(site.codec()::write)
                                            .orElse("{}")
                                    : task.id().value());
            return true;
        }
        return await(task, switches);
    }

    private <P extends Record> boolean preview(
            Entry.OfOperation<P, ?> entry, P parameters, Switches.OfOperation switches)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<PlannedStep> steps = Site.await(site.operations().preview(entry.type(), parameters));
        if (switches.json()) {
            screen.out().println(site.codec().write(new DryRun(steps)));
            return true;
        }
        for (int i = 0; i < steps.size(); i++) {
            PlannedStep step = steps.get(i);
            screen.out()
                    .println((i + 1) + "  " + step.title() + (step.preview().isEmpty() ? "" : ": " + step.preview()));
        }
        screen.out().println("nothing was done");
        return true;
    }

    /** What {@code --dry-run --json} prints. */
    record DryRun(List<PlannedStep> steps) {}

    private <R extends Record> boolean await(Task<R> task, Switches.OfOperation switches)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (TaskWatch watch = new TaskWatch(site.operations(), task.id(), lane)) {
            long ticks = switches.wait_() == null ? Long.MAX_VALUE : switches.wait_();
            TaskStatus status = null;
            while (ticks-- > 0) {
                Optional<TaskStatus> news = watch.next(TICK);
                if (news.isPresent()) {
                    status = news.get();
                    progress(status);
                    if (status.state().ended()) {
                        return end(task, status, switches);
                    } else if (status.state() == TaskState.PARKED) {
                        break;
                    }
                }
            }
            clearProgress();
            screen.err().println(goesOn(task, status));
            return false;
        } catch (InterruptedException e) {
            clearProgress();
            screen.err().println(goesOn(task, null));
            return false;
        }
    }

    private static String goesOn(Task<?> task, @Nullable TaskStatus status) {
        String state = status == null
                ? " goes on"
                : status.state() == TaskState.PARKED
                        ? " is parked: " + status.message()
                        : " goes on, step " + status.step() + " of " + status.steps() + " " + status.title();
        return task.id() + state + "; task:info " + task.id() + " shows it, task:cancel " + task.id() + " undoes it";
    }

    private void progress(TaskStatus status) {
        if (screen.interactive()) {
            String line = status.id() + " " + Math.round(status.progress() * 100) + " % " + status.title();
            screen.out()
                    .print("\r\033[K"
                            + (line.length() < screen.width() ? line : line.substring(0, screen.width() - 1)));
            screen.out().flush();
        }
    }

    private void clearProgress() {
        if (screen.interactive()) {
            screen.out().print("\r\033[K");
        }
    }

    private <R extends Record> boolean end(Task<R> task, TaskStatus status, Switches.OfOperation switches)
            throws InterruptedException, ExecutionException, TimeoutException {
        clearProgress();
        if (switches.json()) {
            screen.out().println(site.codec().write(status));
        }
        if (status.state() == TaskState.FAILED) {
            return fail(failure(task, status));
        } else if (status.state() == TaskState.CANCELLED) {
            screen.err().println(task.id() + " was cancelled: " + status.message());
            return false;
        }
        Record result = status.result();
        if (!switches.json() && result != null) {
            Table.sentence(result)
                    .map(List::of)
                    .orElseGet(() -> Table.facts(result, screen.width()))
                    .forEach(screen.out()::println);
        }
        return true;
    }

    private static Throwable failure(Task<?> task, TaskStatus status) throws InterruptedException, TimeoutException {
        try {
            Site.await(task.result());
            return new IllegalStateException(status.message());
        } catch (ExecutionException e) {
            return e;
        }
    }
}
