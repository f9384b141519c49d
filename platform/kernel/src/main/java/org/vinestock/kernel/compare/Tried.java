package org.vinestock.kernel.compare;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;
import org.vinestock.area.Platform;
import org.vinestock.decision.Answer;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Context;
import org.vinestock.decision.Outcome;
import org.vinestock.decision.Strategy;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.ledger.LatencyHistogram;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.model.ObjectId;

/**
 * Stands before the strategy that decides in a twin: measures by the clock how long each of its answers takes, and asks
 * another strategy the same question about the same state, which decides nothing. It costs no simulated time and no turn of the
 * twin, so that what happens there does not depend on who else is asked.
 *
 * <p>Owned by the twin's thread; read between its runs.
 */
public final class Tried {
    /** Is told of calls into strategies, so that one that does not return is named. */
    public interface Calls {
        /** Makes a call. */
        <T> T in(StrategyRef strategy, Supplier<T> call);
    }

    private final StrategyRef decides;
    private final StrategyOffer asked;
    private final Calls calls;
    private final LongSupplier clock;
    private final LatencyHistogram latency = new LatencyHistogram();
    private @Nullable Strategy<?, ?, ?> other;
    private long comparisons;
    private long agreed;
    private long failures;

    /**
     * Makes one.
     *
     * @param clock nanoseconds of the live site's clock
     */
    public Tried(StrategyRef decides, StrategyOffer asked, Calls calls, LongSupplier clock) {
        this.decides = decides;
        this.asked = asked;
        this.calls = calls;
        this.clock = clock;
    }

    /** The strategy that decides. */
    public StrategyRef decides() {
        return decides;
    }

    /** How long the answers of the strategy that decides took. */
    public LatencyHistogram latency() {
        return latency;
    }

    /** How often the other strategy was asked. */
    public long comparisons() {
        return comparisons;
    }

    /** How often it chose the same. */
    public long agreed() {
        return agreed;
    }

    /** How often it gave no answer. */
    public long failures() {
        return failures;
    }

    /** An area whose built-in strategies are measured. */
    public Area watching(Area area) {
        return new Area() {
            @Override
            public String name() {
                return area.name();
            }

            @Override
            public Parts build(Platform platform) {
                return watched(area.build(platform));
            }
        };
    }

    private Parts watched(Parts parts) {
        List<BuiltIn<?, ?, ?>> strategies =
                parts.strategies().stream().<BuiltIn<?, ?, ?>>map(this::watched).toList();
        return new Parts(
                parts.operations(),
                parts.views(),
                parts.steps(),
                parts.controllers(),
                parts.points(),
                strategies,
                parts.services(),
                parts.close());
    }

    private <Q extends Record, A, O extends Record> BuiltIn<Q, A, O> watched(BuiltIn<Q, A, O> builtIn) {
        if (!StrategyOffer.of(builtIn).ref().equals(decides)) {
            return builtIn;
        }
        Class<? extends Strategy<Q, A, O>> type = builtIn.point().strategyType();
        return new BuiltIn<>(
                builtIn.point(),
                builtIn.name(),
                builtIn.version(),
                () -> watching(type, builtIn.fresh().get()),
                builtIn.first());
    }

    /** A vendor's strategy that is measured. */
    public StrategyOffer watching(StrategyOffer offer, Class<? extends Strategy<?, ?, ?>> type) {
        return new StrategyOffer(
                offer.ref(),
                () -> watching(type, offer.fresh().get()),
                instance -> offer.release().accept(inner(instance)),
                offer.loader(),
                offer.mark());
    }

    /** Gives back the other strategy. */
    public void close() {
        Strategy<?, ?, ?> instance = other;
        other = null;
        if (instance != null) {
            asked.release().accept(instance);
        }
    }

    private <S extends Strategy<?, ?, ?>> S watching(Class<S> type, Strategy<?, ?, ?> inner) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Before(inner)));
    }

    private static Strategy<?, ?, ?> inner(Strategy<?, ?, ?> instance) {
        return Proxy.isProxyClass(instance.getClass()) && Proxy.getInvocationHandler(instance) instanceof Before before
                ? before.inner
                : instance;
    }

    private Strategy<?, ?, ?> other() {
        Strategy<?, ?, ?> instance = other;
        if (instance == null) {
            instance = asked.fresh().get();
            other = instance;
        }
        return instance;
    }

    /** Stands before one instance. */
    private final class Before implements InvocationHandler {
        private final Strategy<?, ?, ?> inner;

        Before(Strategy<?, ?, ?> inner) {
            this.inner = inner;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
            if (arguments != null && arguments.length == 2 && arguments[1] instanceof Context context) {
                return answer((Record) Objects.requireNonNull(arguments[0]), context);
            } else if (arguments != null && arguments.length == 1 && arguments[0] instanceof Outcome<?> outcome) {
                observe(inner, outcome);
                aside(() -> observe(other(), outcome));
                return null;
            } else if (arguments != null && arguments.length == 1 && arguments[0] instanceof ObjectId subject) {
                inner.forget(subject);
                aside(() -> other().forget(subject));
                return null;
            }
            try {
                return method.invoke(inner, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        private Answer<?> answer(Record question, Context context) {
            long begun = clock.getAsLong();
            Answer<?> given = calls.in(decides, () -> ask(inner, question, context));
            latency.add(clock.getAsLong() - begun);
            comparisons++;
            aside(() -> {
                Answer<?> also = ask(other(), question, context);
                agreed += given.choice().equals(also.choice()) ? 1 : 0;
            });
            return given;
        }

        /** What the other strategy does wrong changes nothing; but that it does not return is seen. */
        private void aside(Runnable call) {
            calls.in(asked.ref(), () -> {
                try {
                    call.run();
                } catch (RuntimeException | LinkageError | StackOverflowError e) {
                    failures++;
                }
                return true;
            });
        }
    }

    @SuppressWarnings("unchecked") // questions and strategies are of the same point
    private static Answer<?> ask(Strategy<?, ?, ?> strategy, Record question, Context context) {
        return ((Strategy<Record, Object, Record>) strategy).answer(question, context);
    }

    @SuppressWarnings("unchecked") // outcomes and strategies are of the same point
    private static void observe(Strategy<?, ?, ?> strategy, Outcome<?> outcome) {
        ((Strategy<Record, Object, Record>) strategy).observe((Outcome<Record>) outcome);
    }
}
