package org.vinestock.surfaces.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.Entry;
import org.vinestock.surfaces.site.Person;
import org.vinestock.surfaces.site.Site;
import org.vinestock.terminal.TerminalLine;

/**
 * Terminals by REST: {@code GET} reads what was printed from an offset on, {@code POST} types. Text is UTF-8, and never cut
 * within a character: it begins with the first whole one, and {@code next} is where the last whole one ended.
 */
final class Terminals {
    private static final long TAIL = -4096;

    private static final Duration TOLD_EVERY = Duration.ofMinutes(10);
    private static final int MOST_TYPISTS = 1_000;

    private final Site site;
    /** When the audit was told of somebody last; owned by itself. */
    private final Map<Typist, Long> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Typist, Long> eldest) {
            return size() > MOST_TYPISTS; // the audit is told again sooner
        }
    };

    Terminals(Site site) {
        this.site = site;
    }

    /**
     * What was printed.
     *
     * @param from offset of the first byte of {@code text}
     * @param next where to go on; up to three bytes before the end while a character has not come whole
     * @param end offset after the last byte that is there
     */
    record Printed(long from, long next, long end, String text) {}

    private record Typist(String person, String terminal, String object) {}

    /** How many bytes were typed. */
    record Typed(int bytes) {}

    /**
     * What is posted.
     *
     * @param text what is typed
     */
    record Typing(String text) {}

    /**
     * Answers.
     *
     * @param texts what was asked for in query and path
     */
    <P extends Record> Reply answer(Entry.OfTerminal<P> entry, Asked asked, SortedMap<String, String> texts)
            throws InterruptedException, ExecutionException, TimeoutException {
        Person person = asked.person().get();
        person.mustBe(entry.terminal().role(), entry.name());
        return asked.method().equals("POST") ? typed(entry, asked, texts, person) : printed(entry, asked, texts);
    }

    private <P extends Record> Reply printed(Entry.OfTerminal<P> entry, Asked asked, SortedMap<String, String> texts)
            throws InterruptedException, ExecutionException, TimeoutException {
        String from = texts.remove("from");
        long offset;
        try {
            offset = from == null ? TAIL : Long.parseLong(from);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("from=" + from + "; accepted: a whole number of bytes", e);
        }
        TerminalLine.Printed printed = Site.printed(open(entry, asked, texts), offset);
        String text = StandardCharsets.UTF_8.decode(printed.bytes().duplicate()).toString();
        return new Reply(200, site.codec().write(new Printed(printed.from(), printed.next(), printed.end(), text)));
    }

    private <P extends Record> Reply typed(
            Entry.OfTerminal<P> entry, Asked asked, SortedMap<String, String> texts, Person person)
            throws InterruptedException, ExecutionException, TimeoutException {
        byte[] bytes =
                site.codec().read(asked.body().get(), Typing.class).text().getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > TerminalLine.TYPED_AT_MOST) {
            throw new IllegalArgumentException(
                    "text has " + bytes.length + " bytes; accepted: 1 to " + TerminalLine.TYPED_AT_MOST);
        }
        TerminalLine line = open(entry, asked, texts);
        tellOnce(person, entry, entry.form().about(texts));
        Site.await(line.type(bytes));
        return new Reply(200, site.codec().write(new Typed(bytes.length)));
    }

    /** Who types key by key is told to the audit every so often, not each time. */
    private void tellOnce(Person person, Entry.OfTerminal<?> entry, String object)
            throws InterruptedException, ExecutionException, TimeoutException {
        Typist typist = new Typist(person.name(), entry.name(), object);
        long now = site.platform().scheduler().nanoTime();
        synchronized (told) {
            Long last = told.get(typist);
            if (last != null && now - last < TOLD_EVERY.toNanos()) {
                return;
            }
        }
        site.tellTyping(person, entry, object);
        synchronized (told) {
            told.put(typist, now);
        }
    }

    private <P extends Record> TerminalLine open(
            Entry.OfTerminal<P> entry, Asked asked, SortedMap<String, String> texts)
            throws InterruptedException, TimeoutException {
        P parameters = entry.form().fill(texts, site.codec());
        try {
            return site.open(entry.terminal(), parameters);
        } catch (ExecutionException | IllegalArgumentException e) {
            throw Api.notFound(e, asked);
        }
    }
}
