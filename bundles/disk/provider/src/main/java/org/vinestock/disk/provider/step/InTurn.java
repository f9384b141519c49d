package org.vinestock.disk.provider.step;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.vinestock.time.Lane;

/** Does something for one after the other, until the first that fails. */
final class InTurn {
    private InTurn() {}

    static <T> CompletionStage<?> each(List<T> all, Function<T, CompletionStage<?>> work, Lane lane) {
        CompletionStage<?> done = CompletableFuture.completedFuture(null);
        for (T one : all) {
            done = done.thenComposeAsync(before -> work.apply(one), lane);
        }
        return done;
    }
}
