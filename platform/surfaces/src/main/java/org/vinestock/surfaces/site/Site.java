package org.vinestock.surfaces.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vinestock.area.Platform;
import org.vinestock.audit.Audit;
import org.vinestock.audit.Deed;
import org.vinestock.inventory.Inventory;
import org.vinestock.operation.OperationType;
import org.vinestock.surfaces.text.WholeCharacters;
import org.vinestock.task.Operations;
import org.vinestock.terminal.Terminal;
import org.vinestock.terminal.TerminalLine;
import org.vinestock.view.Codec;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;
import org.vinestock.view.Views;

/** What the surfaces show and call. */
public record Site(
        Operations operations, Views views, Codec codec, Inventory inventory, Platform platform, Audit audit) {
    private static final Duration VIEW_LIMIT = Duration.ofSeconds(30);

    /** Everything that can be called now, by name. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (OperationType<?, ?> type : operations.types()) {
            entries.add(new Entry.OfOperation<>(type));
        }
        for (View<?, ?> view : views.all()) {
            entries.add(new Entry.OfView<>(view));
        }
        for (Terminal<?> terminal : platform.services(Terminal.class)) {
            entries.add(new Entry.OfTerminal<>(terminal));
        }
        entries.sort(Comparator.comparing(Entry::name));
        return entries;
    }

    /** Finds what is called {@code scope.verb}. */
    public Optional<Entry> find(String name) {
        return entries().stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** Finds a view. */
    public Optional<View<?, ?>> view(String name) {
        return views.all().stream().filter(view -> view.name().equals(name)).findFirst();
    }

    /**
     * Reads a page of a view from what is committed. Waits for it: this is the edge.
     *
     * @throws TimeoutException after half a minute
     */
    public <P extends Record, R extends Record> Page<R> read(View<P, R> view, P parameters, PageRequest page)
            throws InterruptedException, ExecutionException, TimeoutException {
        return await(view.read(parameters, inventory.committed(), page));
    }

    /** Finds what a terminal is about. Waits for it: this is the edge. */
    public <P extends Record> TerminalLine open(Terminal<P> terminal, P parameters)
            throws InterruptedException, ExecutionException, TimeoutException {
        return await(terminal.open(parameters, inventory.committed()));
    }

    /**
     * Tells the audit that somebody types at a terminal, not what. Waits until that is durable: this is the edge.
     *
     * @param object what the terminal is about
     */
    public void tellTyping(Person person, Entry.OfTerminal<?> entry, String object)
            throws InterruptedException, ExecutionException, TimeoutException {
        await(audit.tell(
                new Deed(person.name(), entry.name(), object, "opened for typing; what is typed is kept nowhere")));
    }

    /**
     * Reads whole characters of what was printed at a terminal, as many bytes as are read at once. Waits for it: this is the
     * edge.
     *
     * @param from as in {@link TerminalLine#read}
     */
    public static TerminalLine.Printed printed(TerminalLine line, long from)
            throws InterruptedException, ExecutionException, TimeoutException {
        return WholeCharacters.of(await(line.read(from, TerminalLine.MOST)));
    }

    /** Lets some time pass, at the edge. */
    public static void pause(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    /**
     * Waits for a stage, at the edge.
     *
     * @throws TimeoutException after half a minute
     */
    public static <T> T await(CompletionStage<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(VIEW_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
