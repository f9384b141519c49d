package org.vinestock.benchmarks.ledger;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcDataSource;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Decision;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.journal.Keeping;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.ledger.LedgerArchive;
import org.vinestock.kernel.plugin.ThreadWorker;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.Placements;
import org.vinestock.placement.contract.PlacementSite;
import org.vinestock.placement.provider.strategy.BestFitPlacement;
import org.vinestock.store.archive.ArchiveSettings;
import org.vinestock.store.archive.SqlArchives;
import org.vinestock.store.audit.Anchorage;
import org.vinestock.store.h2.Durability;
import org.vinestock.store.sql.Beside;
import org.vinestock.store.sql.H2;
import org.vinestock.store.sql.KindClasses;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.sql.SqlStore;
import org.vinestock.store.write.Retention;

/** Decisions as in the container, in H2 files: 1,000 hosts, some 60 % full, on which VMs come and go. */
final class KeptDesk implements AutoCloseable {
    private static final int OUTSTANDING = 64;
    private static final int MOST_VMS = 9_000;
    private static final int BEHIND = 8_000;

    final LaneScheduler scheduler = new LaneScheduler(2, 1, (lane, thrown) -> thrown.printStackTrace());
    final SqlArchives archives;
    final SqlStore store;
    final DecisionKernel kernel;
    final LedgerArchive ledger;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Deque<VmId> there = new ArrayDeque<>();
    private final Semaphore free = new Semaphore(OUTSTANDING);
    private long made;

    KeptDesk(Path folder, Keeping keeping) throws Exception {
        archives = new SqlArchives(h2(folder.resolve("ledger")), null, ArchiveSettings.USUAL, Clock.systemUTC());
        store = SqlStore.open(
                h2(folder.resolve("site")),
                new JsonCodec(),
                KindClasses.of(KeptDesk.class.getClassLoader()),
                new Settings("figures", Duration.ZERO, Retention.USUAL, 100_000, 1_000_000, 100_000_000),
                new Beside(
                        archives::oldestRevision,
                        archives::revisionsBefore,
                        archives.open("load", new Keeping(Duration.ofDays(1), 1 << 20))),
                Clock.systemUTC(),
                Anchorage.none(),
                lost -> {
                    lost.printStackTrace();
                    Runtime.getRuntime().halt(1);
                });
        archives.start();
        ledger = new LedgerArchive(archives, keeping, scheduler.lane("archive"));
        kernel = new DecisionKernel(
                scheduler,
                store.inventory(),
                ThreadWorker::hire,
                DecisionLimits.DEFAULTS,
                new Keeper(StateLog.memory(), scheduler),
                alarm -> {},
                new AtomicLong()::incrementAndGet,
                ledger);
        kernel.add(new BuiltIn<>(Placements.PLACE, "best-fit", "1.0", BestFitPlacement::new, true));
        kernel.add(Placements.PLACE);
        for (Change change : new PlacementSite()
                .hosts(2, 10, 50, 64, 256)
                .snapshot()
                .changesSince(0)
                .orElseThrow()) {
            commit(List.of(change));
        }
    }

    private static JdbcDataSource h2(Path file) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(H2.url(file, Durability.MACHINE));
        return source;
    }

    private void commit(List<Change> changes) throws Exception {
        store.inventory()
                .commit(new ChangeSet(store.inventory().head().ref().revision(), changes))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    /** Places VMs and says what became of each; waits when the archive is far behind. */
    void decide(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            free.acquire();
            int cores = 1 << random.nextInt(4);
            VmId vm = new VmId("vm-" + (100_000 + made++));
            PlacementQuestion question = new PlacementQuestion(
                    vm,
                    cores * 1_000L,
                    ByteCount.ofGib((1 + random.nextInt(4)) * (long) cores),
                    made % 8 == 0 ? Labels.of("app", "web") : Labels.NONE);
            var unused = kernel.reserve(Placements.PLACE, question, (choice, now) -> changes(question, choice, now))
                    .whenComplete((decision, thrown) -> {
                        tell(decision);
                        free.release();
                    });
            there.add(vm);
            if (there.size() > MOST_VMS) {
                remove();
            }
            while (made - ledger.state().lines() - ledger.state().forgotten() > BEHIND) {
                Thread.sleep(5);
            }
        }
        free.acquire(OUTSTANDING);
        free.release(OUTSTANDING);
    }

    private void tell(Decision<Placement> decision) {
        if (decision != null && decision.answer().choice() instanceof Placement.Placed placed) {
            kernel.outcome(decision.id(), new PlacementOutcome(placed.host(), PlacementOutcome.Result.RUNNING, ""));
        }
    }

    private void remove() {
        List<VmId> leaving = new ArrayList<>(there);
        VmId gone = leaving.get(random.nextInt(leaving.size() / 2));
        there.remove(gone);
        var unused = store.inventory()
                .commit(new ChangeSet(
                        store.inventory().head().ref().revision(), List.of(new Change.Removed(SiteKinds.VM, gone))));
    }

    private static ChangeSet changes(PlacementQuestion question, Placement choice, Snapshot now) {
        if (!(choice instanceof Placement.Placed placed)) {
            return new ChangeSet(now.ref().revision(), List.of());
        }
        Vm vm = new Vm(
                question.vm(),
                question.millicores(),
                question.memory(),
                question.labels(),
                PowerState.RUNNING,
                placed.host());
        return new ChangeSet(now.ref().revision(), List.of(new Change.Put<>(SiteKinds.VM, question.vm(), vm)));
    }

    /** Waits until all that was decided is on disk. */
    void settle() throws InterruptedException {
        while (ledger.state().lines()
                        + ledger.state().forgotten()
                        + ledger.state().dropped()
                < made) {
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        kernel.remove(Placements.PLACE);
        store.close();
        archives.close();
        scheduler.close();
    }
}
