package org.vinestock.kernel.plugin;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Strategy;
import org.vinestock.decision.StrategyRef;

/**
 * A strategy that is there to be used.
 *
 * @param fresh makes an instance for one use; a plugin's code, so it is called where the strategy is called
 * @param release gives an instance back
 * @param loader of a plugin's classes; null for a built-in, which runs inline
 * @param mark is told of calls
 */
public record StrategyOffer(
        StrategyRef ref,
        Supplier<? extends Strategy<?, ?, ?>> fresh,
        Consumer<Strategy<?, ?, ?>> release,
        @Nullable ClassLoader loader,
        CallMark mark) {
    /** Offers one whose calls nobody marks. */
    public StrategyOffer(
            StrategyRef ref,
            Supplier<? extends Strategy<?, ?, ?>> fresh,
            Consumer<Strategy<?, ?, ?>> release,
            @Nullable ClassLoader loader) {
        this(ref, fresh, release, loader, CallMark.NONE);
    }

    /** Offers a strategy that comes with an area. */
    public static StrategyOffer of(BuiltIn<?, ?, ?> builtIn) {
        StrategyRef ref =
                new StrategyRef(builtIn.point().name(), builtIn.name(), builtIn.version(), StrategyRef.BUILT_IN);
        return new StrategyOffer(ref, builtIn.fresh(), instance -> {}, null);
    }
}
