package org.vinestock.store.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Hosts;
import org.vinestock.model.HostId;

class HostColumnsTest {
    private static final int HOSTS = 200;

    private final Random random = new Random(1);

    @Test
    void namesTheRowsThatDifferAndNoOther() {
        HostColumns now = with(HOSTS, new HostColumns(new HostIndex()));
        for (int round = 0; round < 300; round++) {
            HostColumns earlier = now;
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                now = changed(now);
            }
            assertEquals(differing(earlier, now), named(earlier, now));
        }
    }

    @Test
    void namesRowsThatAreNew() {
        HostColumns earlier = with(70, new HostColumns(new HostIndex()));
        HostColumns.Editor editor = new HostColumns.Editor(earlier);
        editor.known(host(70)); // it offers nothing yet, like the rows behind it
        assertEquals(List.of(70), named(earlier, editor.done()));
        assertEquals(List.of(70, 71, 72), named(earlier, with(73, earlier)));
    }

    private static HostId host(int number) {
        return new HostId("h" + number);
    }

    private static HostColumns with(int hosts, HostColumns before) {
        HostColumns.Editor editor = new HostColumns.Editor(before);
        for (int i = before.end(); i < hosts; i++) {
            editor.offer(host(i), true, 8_000, 1L << 34);
        }
        return editor.done();
    }

    private HostColumns changed(HostColumns before) {
        HostColumns.Editor editor = new HostColumns.Editor(before);
        HostId host = host(random.nextInt(HOSTS));
        switch (random.nextInt(4)) {
            case 0 -> editor.take(host, 500, 0);
            case 1 -> editor.take(host, 0, -1);
            case 2 -> editor.offer(host, random.nextBoolean(), 8_000, 1L << 34);
            default -> editor.offer(host, true, 8_000 + random.nextInt(2), (1L << 34) + random.nextInt(2));
        }
        return editor.done();
    }

    private static List<Integer> differing(Hosts earlier, Hosts now) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < now.end(); row++) {
            if (now.accepts(row) != earlier.accepts(row)
                    || now.millicores(row) != earlier.millicores(row)
                    || now.memory(row) != earlier.memory(row)
                    || now.freeMillicores(row) != earlier.freeMillicores(row)
                    || now.freeMemory(row) != earlier.freeMemory(row)) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Integer> named(Hosts earlier, Hosts now) {
        List<Integer> rows = new ArrayList<>();
        for (int row = now.nextChanged(earlier, 0); row < now.end(); row = now.nextChanged(earlier, row + 1)) {
            rows.add(row);
        }
        return rows;
    }
}
