package org.vinestock.testkit.sql;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VmId;
import org.vinestock.store.sql.KindClasses;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.sql.SqlStore;
import org.vinestock.store.write.Retention;

/**
 * A process that writes to a store, 1,000 things a second, until it is killed, and prints each acknowledgement. It waits
 * for a line on its input before it opens the store.
 *
 * <ul>
 *   <li>{@code opening}, {@code ready}: when it is about to open the store, and when it has.
 *   <li>{@code r REVISION GROUP}: the three rows of a group show the revision that wrote them, and nothing else does.
 *   <li>{@code l NUMBER TEXT}: a line of the stream {@link #LINES}, which ends with a check sum.
 *   <li>{@code c COUNT}: the one line of the stream {@link #COUNTER} was replaced.
 * </ul>
 */
final class Victim {
    static final String LINES = "lines";
    static final String COUNTER = "counter";
    static final int GROUPS = 10;
    static final int MEMBERS = 3;
    static final Kind<Guest> VM = new Kind<>("vm", Guest.class);
    /** Checkpoints are made, changes forgotten and the file kept small meanwhile. */
    static final Settings SETTINGS =
            new Settings("victim", Duration.ZERO, new Retention(50, 5, 200), 150, 600, 600, 64 << 10);

    private static final long NANOS_EACH = 1_000_000;
    private static final int OUTSTANDING = 16;

    /** A row that says which revision wrote it. */
    record Guest(VmId id, @Nullable HostId host, long millicores, long memory) implements OccupantRow {}

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Semaphore free = new Semaphore(OUTSTANDING);

    private Victim() {}

    /** Arguments: the kind of the database and its address, and a seed. */
    public static void main(String[] arguments) throws Exception {
        new Victim().run(arguments[0], arguments[1], Long.parseLong(arguments[2]));
    }

    private void run(String which, String url, long seed) throws Exception {
        if (System.in.read() < 0) {
            return;
        }
        out.println("opening");
        SqlStore store = SqlStore.open(
                which.equals("h2") ? Databases.h2(url) : Databases.postgres(url),
                new JsonCodec(),
                KindClasses.of(Victim.class.getClassLoader()),
                SETTINGS,
                Clock.systemUTC(),
                lost -> {
                    out.println("lost " + lost.getMessage());
                    Runtime.getRuntime().halt(1);
                });
        out.println("ready");
        SplittableRandom random = new SplittableRandom(seed);
        long count = seed * 1_000_000;
        for (long due = System.nanoTime(); ; due += NANOS_EACH) {
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            free.acquire();
            switch (random.nextInt(4)) {
                case 0 -> line(store, random);
                case 1 -> counter(store, ++count);
                default -> revision(store, random.nextInt(GROUPS));
            }
        }
    }

    private void revision(SqlStore store, int group) {
        long revision = store.inventory().head().ref().revision() + 1;
        List<Change> changes = new ArrayList<>();
        for (int member = 0; member < MEMBERS; member++) {
            VmId id = member(group, member);
            changes.add(new Change.Put<>(VM, id, new Guest(id, null, revision, 1)));
        }
        var unused = store.inventory()
                .commit(new ChangeSet(revision - 1, changes))
                .whenComplete((done, thrown) -> say(thrown, "r " + revision + " " + group));
    }

    static VmId member(int group, int member) {
        return new VmId("group-" + group + "-" + member);
    }

    private void line(SqlStore store, SplittableRandom random) {
        String body = Long.toHexString(random.nextLong()).repeat(random.nextInt(1, 200));
        String text = body + " " + sum(body);
        var unused = store.journal()
                .append(LINES, "line", text)
                .whenComplete((number, thrown) -> say(thrown, "l " + number + " " + sum(body)));
    }

    static long sum(String body) {
        CRC32 sum = new CRC32();
        sum.update(body.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    private void counter(SqlStore store, long count) {
        var unused = store.journal()
                .replace(COUNTER, "count", String.valueOf(count))
                .whenComplete((number, thrown) -> say(thrown, "c " + count));
    }

    private void say(@Nullable Throwable thrown, String acknowledged) {
        free.release();
        if (thrown == null) {
            out.println(acknowledged);
        }
    }
}
