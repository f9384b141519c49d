package org.vinestock.kernel.site;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Area;
import org.vinestock.area.Parts;

/** An area that is built and registered, and how to take that back. Guarded by {@link Areas}. */
final class InstalledArea {
    private static final Logger LOG = LoggerFactory.getLogger(InstalledArea.class);

    private final Area area;
    private final Parts parts;
    private final Deque<Runnable> takeBack = new ArrayDeque<>();

    InstalledArea(Area area, Parts parts) {
        this.area = area;
        this.parts = parts;
        takeBack.push(parts.close()::cancel);
    }

    Area area() {
        return area;
    }

    Parts parts() {
        return parts;
    }

    /** Does something that {@code back} takes back. */
    void register(Runnable something, Runnable back) {
        something.run();
        takeBack.push(back);
    }

    /** Takes back all that was registered, the last first, whatever fails. */
    void close() {
        while (!takeBack.isEmpty()) {
            try {
                takeBack.pop().run();
            } catch (RuntimeException | LinkageError e) {
                LOG.error("{} could not be closed wholly", area.name(), e);
            }
        }
    }
}
