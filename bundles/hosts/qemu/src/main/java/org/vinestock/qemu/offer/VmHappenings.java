package org.vinestock.qemu.offer;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.capability.Happenings;
import org.vinestock.qemu.qmp.QmpEvent;
import org.vinestock.time.Cancellable;

/** Remembers events of QEMU that say something of the guest. Any thread. */
public final class VmHappenings implements Happenings {
    private static final int MOST = 100;

    private final ArrayDeque<Happening> recent = new ArrayDeque<>();
    private final ConcurrentHashMap<Object, Runnable> listeners = new ConcurrentHashMap<>();

    /** Takes an event; others than those that say something are passed over. */
    public void heard(QmpEvent event) {
        Optional<Happening> happening = of(event);
        if (happening.isEmpty()) {
            return;
        }
        synchronized (recent) {
            if (recent.size() == MOST) {
                recent.removeFirst();
            }
            recent.addLast(happening.get());
        }
        listeners.values().forEach(Runnable::run);
    }

    private static Optional<Happening> of(QmpEvent event) {
        Map<String, @Nullable Object> data = event.data();
        return switch (event.name()) {
            case "GUEST_PANICKED" -> of(event, What.PANICKED, "the guest's kernel panicked");
            case "WATCHDOG" -> of(event, What.WATCHDOG, "the guest did not feed its watchdog");
            case "RESET" -> of(event, What.RESET, by(data, "reset"));
            case "SHUTDOWN" -> of(event, What.SHUT_DOWN, by(data, "shut down"));
            case "BLOCK_IO_ERROR" ->
                of(
                        event,
                        What.DISK_ERROR,
                        data.get("operation") + " of " + data.get("node-name") + ": " + data.get("reason"));
            default -> Optional.empty();
        };
    }

    private static String by(Map<String, @Nullable Object> data, String what) {
        return what
                + (Boolean.TRUE.equals(data.get("guest")) ? " by the guest: " : " from outside: ")
                + data.get("reason");
    }

    private static Optional<Happening> of(QmpEvent event, What what, String detail) {
        return Optional.of(new Happening(event.at(), what, detail));
    }

    @Override
    public List<Happening> recent() {
        synchronized (recent) {
            return List.copyOf(recent);
        }
    }

    @Override
    public Cancellable onHappening(Runnable wake) {
        Object listener = new Object();
        listeners.put(listener, wake);
        return () -> listeners.remove(listener);
    }
}
