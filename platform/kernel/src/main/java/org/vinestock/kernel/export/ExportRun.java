package org.vinestock.kernel.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.kernel.act.ActError;
import org.vinestock.kernel.ledger.Exported;
import org.vinestock.kernel.ledger.LedgerHistory;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.time.Lane;
import org.vinestock.view.Codec;

/** Writes one export, a page of decisions after the other, on its lane. */
final class ExportRun {
    private static final int PAGE = 1_000;

    private final LedgerHistory history;
    private final Codec codec;
    private final Lane lane;
    private final StepContext context;
    private final Path path;
    private final long first;
    private final long last;
    private final ExportFile file;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private long written;
    private long begun;

    /**
     * Begins.
     *
     * @param first the number of the first decision, 1 or more
     * @param last the number of the last one
     */
    ExportRun(LedgerHistory history, Codec codec, Lane lane, StepContext context, Path path, long first, long last)
            throws IOException {
        this.history = history;
        this.codec = codec;
        this.lane = lane;
        this.context = context;
        this.path = path;
        this.first = first;
        this.last = last;
        file = new ExportFile(path);
    }

    /** Completes with how many decisions were written. */
    CompletionStage<Long> run() {
        from(first);
        return done;
    }

    private void from(long number) {
        var unused = history.export(number, PAGE)
                .whenCompleteAsync(
                        (page, thrown) -> {
                            if (thrown != null) {
                                end(thrown);
                                return;
                            }
                            try {
                                write(page);
                            } catch (IOException e) {
                                end(new VinestockException(
                                        ExportError.NOT_WRITABLE, path + " cannot be written: " + e, e));
                            } catch (RuntimeException e) {
                                end(e);
                            }
                        },
                        lane);
    }

    private void write(List<Exported> page) throws IOException {
        if (context.cancelled()) {
            throw new VinestockException(ActError.CANCELLED, "cancelled after " + written + " decisions");
        }
        begun = begun == 0 && !page.isEmpty() ? page.get(0).decision().number() : begun;
        long number = first;
        for (Exported decision : page) {
            number = decision.decision().number();
            if (number <= last) {
                file.line(codec.write(decision));
                written++;
            }
        }
        if (page.size() < PAGE || number >= last) {
            file.whole();
            done.complete(written);
            return;
        }
        double share = (number - begun) / (double) Math.max(1, Math.min(last, history.newest()) - begun);
        context.progress(Math.min(1, share), written + " written");
        from(number + 1);
    }

    private void end(Throwable because) {
        try {
            file.close();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
        done.completeExceptionally(because);
    }
}
