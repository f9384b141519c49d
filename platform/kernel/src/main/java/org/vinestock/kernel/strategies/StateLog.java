package org.vinestock.kernel.strategies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where lines are kept across restarts.
 *
 * <p><b>Calls.</b> By one thread at a time; may block on a disk.
 */
public interface StateLog {
    /** The newest line of each key, oldest first. */
    List<Kept> kept();

    /**
     * Keeps a line: when this returns, it survives the end of the process and of the machine.
     *
     * @throws IOException if it may not
     */
    void keep(Kept line) throws IOException;

    /** Makes one that forgets everything with the process: for twins and tests. */
    static StateLog memory() {
        List<Kept> lines = new ArrayList<>();
        return new StateLog() {
            @Override
            public List<Kept> kept() {
                return List.copyOf(lines);
            }

            @Override
            public void keep(Kept line) {
                lines.removeIf(former ->
                        former.what().equals(line.what()) && former.key().equals(line.key()));
                if (!line.value().isEmpty()) {
                    lines.add(line);
                }
            }
        };
    }
}
