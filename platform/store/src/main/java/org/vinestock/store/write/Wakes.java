package org.vinestock.store.write;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** Who is woken after a change. Any thread; a subscription has at most one wake waiting on its lane. */
public final class Wakes {
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    /** Subscribes. After {@link Cancellable#cancel} no wake begins. */
    public Cancellable add(Lane lane, Runnable wake) {
        Subscription subscription = new Subscription(lane, wake);
        subscriptions.add(subscription);
        return () -> {
            subscription.cancelled = true;
            subscriptions.remove(subscription);
        };
    }

    /** Wakes everyone who is not about to be woken anyway, in the order of their subscriptions. */
    public void wake() {
        for (Subscription subscription : subscriptions) {
            subscription.wakeLater();
        }
    }

    private static final class Subscription implements Runnable {
        private final Lane lane;
        private final Runnable wake;
        private final AtomicBoolean waiting = new AtomicBoolean();
        private volatile boolean cancelled;

        Subscription(Lane lane, Runnable wake) {
            this.lane = lane;
            this.wake = wake;
        }

        void wakeLater() {
            if (!waiting.get() && waiting.compareAndSet(false, true)) {
                lane.execute(this);
            }
        }

        @Override
        public void run() {
            waiting.set(false);
            if (!cancelled) {
                wake.run();
            }
        }
    }
}
