package org.vinestock.surfaces.rest;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.vinestock.surfaces.http.Reply;
import org.vinestock.surfaces.site.Fault;
import org.vinestock.surfaces.site.Site;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/**
 * The rows of a view as lines, page after page: each page has the view's time limit, all of them have none. What changes
 * meanwhile may be seen or not. Whatever is wrong with a later page breaks the answer off, which HTTP tells the reader.
 */
final class RowLines<P extends Record, R extends Record> implements Reply.Lines {
    private final Site site;
    private final View<P, R> view;
    private final P parameters;
    private final Page<R> first;
    private final int limit;
    private final Runnable ended;

    /**
     * Begins with a page that was read.
     *
     * @param limit of a page
     * @param ended called when all is written, or cannot be
     */
    RowLines(Site site, View<P, R> view, P parameters, Page<R> first, int limit, Runnable ended) {
        this.site = site;
        this.view = view;
        this.parameters = parameters;
        this.first = first;
        this.limit = limit;
        this.ended = ended;
    }

    @Override
    public void write(Writer out) throws IOException {
        try {
            Page<R> page = first;
            write(page, out);
            for (String next = page.next(); next != null; next = page.next()) {
                page = site.read(view, parameters, new PageRequest(next, limit));
                write(page, out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", e);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw new IOException(Fault.of(e).message(), e);
        } finally {
            ended.run();
        }
    }

    private void write(Page<R> page, Writer out) throws IOException {
        for (R row : page.rows()) {
            out.write(site.codec().write(row));
            out.write('\n');
        }
    }
}
