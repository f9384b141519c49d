package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionLine;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.canary.Condition;
import org.vinestock.kernel.canary.Share;
import org.vinestock.kernel.canary.Terms;
import org.vinestock.kernel.canary.Then;
import org.vinestock.kernel.decide.Toy.Ask;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.decide.Toy.ToyStrategy;
import org.vinestock.kernel.ledger.LedgerArchive;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.kernel.turn.Numbers;
import org.vinestock.model.VinestockException;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** A site in simulated time with one toy point. A strategy's name may say what its answers cost: {@code slow-7ms}. */
final class ToySite {
    static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    final Toy point = new Toy();
    final List<String> failures = new ArrayList<>();
    final List<String> alarmLog = new ArrayList<>();
    final TreeMap<String, Duration> charges = new TreeMap<>();
    /** How long the machine gives a strategy's thread no processor. */
    final TreeMap<String, Duration> starved = new TreeMap<>();

    final SimulatedScheduler scheduler;
    final Inventory inventory;
    final DecisionKernel kernel;
    private int vms;

    ToySite(long seed) {
        this(seed, DecisionLimits.DEFAULTS, StateLog.memory());
    }

    ToySite(long seed, DecisionLimits limits, StateLog log) {
        this(seed, limits, log, START);
    }

    ToySite(long seed, DecisionLimits limits, StateLog log, Instant start) {
        this(seed, limits, log, start, new AtomicLong()::incrementAndGet, null);
    }

    /** One whose decisions are kept, beside what former ones decided. */
    static ToySite kept(long seed, DecisionLimits limits, long firstNumber, PlayedArchives archives) {
        return new ToySite(
                seed, limits, StateLog.memory(), START, new AtomicLong(firstNumber - 1)::incrementAndGet, archives);
    }

    /** One whose decisions get their numbers from elsewhere. */
    static ToySite numbered(long seed, Numbers numbers) {
        return new ToySite(seed, DecisionLimits.DEFAULTS, StateLog.memory(), START, numbers, null);
    }

    private ToySite(
            long seed,
            DecisionLimits limits,
            StateLog log,
            Instant start,
            Numbers numbers,
            @Nullable PlayedArchives archives) {
        scheduler = new SimulatedScheduler(seed, start, (lane, thrown) -> failures.add(lane + ": " + thrown));
        inventory = new MemoryInventories().memory(scheduler);
        kernel = new DecisionKernel(
                scheduler,
                inventory,
                (ref, loader) -> new StarvedWorker(
                        new LaneWorker(
                                scheduler, ref.shortName(), charges.getOrDefault(ref.shortName(), Duration.ZERO)),
                        scheduler,
                        () -> starved.getOrDefault(ref.shortName(), Duration.ZERO)),
                limits,
                new Keeper(log, scheduler),
                alarmLog::add,
                numbers,
                archives == null ? null : new LedgerArchive(archives, PlayedArchives.ALL, scheduler.lane("archive")));
        if (archives != null) {
            archives.runOn(scheduler);
        }
        kernel.add(point);
    }

    /** A site with two hosts and two built-ins, of which {@code first} decides. */
    static ToySite withBuiltIns(long seed) {
        ToySite site = new ToySite(seed);
        site.commit(Toy.box("a", 100), Toy.box("b", 100));
        site.addBuiltIns();
        return site;
    }

    void addBuiltIns() {
        kernel.add(point.builtIn("first", true, Toy.fitting(true)));
        kernel.add(point.builtIn("last", false, Toy.fitting(false)));
    }

    StrategyRef vendor(String name, String version, ToyStrategy instance) {
        StrategyRef ref = new StrategyRef(point.name(), name, version, "0123456789ab");
        kernel.roster()
                .arrive(
                        new StrategyOffer(
                                ref, () -> instance, gone -> {}, getClass().getClassLoader()),
                        null,
                        false);
        return ref;
    }

    String promote(String typed) {
        return result(kernel.roster().promote(point.name(), typed, "test"));
    }

    /** Lets a strategy decide about some of the guests from now on. */
    String tryOut(String typed, Share share, Duration lasts, Then then, String... abortIf) {
        Instant now = scheduler.instant();
        List<Condition> conditions =
                Arrays.stream(abortIf).map(Condition::parse).toList();
        Terms terms = new Terms(share, conditions, 10, now, now.plus(lasts), then);
        return result(kernel.roster().tryOut(point.name(), typed, terms, "test"));
    }

    String rollbackCanary(String typed) {
        return result(kernel.roster().endTrial(point.name(), typed, "test"));
    }

    String rollback() {
        return result(kernel.roster().rollback(point.name(), "test"));
    }

    StrategyState state(StrategyRef ref) {
        return standing(ref).state();
    }

    Standing standing(StrategyRef ref) {
        return kernel.roster().standings(ref.point()).stream()
                .filter(standing -> standing.ref().equals(ref))
                .findFirst()
                .orElseThrow();
    }

    void run(Duration more) {
        scheduler.run(scheduler.instant().plus(more), Long.MAX_VALUE);
        assertEquals(List.of(), failures);
    }

    void commit(Change... changes) {
        ChangeSet set = new ChangeSet(inventory.head().ref().revision(), List.of(changes));
        assertInstanceOf(Commit.Done.class, result(inventory.commit(set)));
    }

    CompletableFuture<Decision<Chosen>> ask(long size) {
        return kernel.ask(point, Toy.ask(++vms, size)).toCompletableFuture();
    }

    CompletableFuture<Decision<Chosen>> reserve(long size) {
        Ask ask = Toy.ask(++vms, size);
        return kernel.reserve(point, ask, (chosen, now) -> Toy.take(ask, chosen, now))
                .toCompletableFuture();
    }

    <T> T result(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        for (int i = 0; i < 10_000 && !future.isDone(); i++) {
            run(Duration.ofMillis(1));
        }
        assertTrue(future.isDone(), "it never ends");
        return future.join();
    }

    VinestockException failure(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        run(Duration.ofMillis(100));
        try {
            throw new AssertionError("it ended with " + future.getNow(null));
        } catch (CompletionException e) {
            return assertInstanceOf(VinestockException.class, e.getCause());
        }
    }

    /** Reads a view of the kernel's. */
    <P extends Record> Page<?> view(String name, P parameters, String after, int limit) {
        for (View<?, ?> view : kernel.parts(List::of).views()) {
            if (view.name().equals(name)) {
                @SuppressWarnings("unchecked") // the test knows the parameters
                View<P, ?> typed = (View<P, ?>) view;
                return result(typed.read(parameters, inventory.committed(), new PageRequest(after, limit)));
            }
        }
        throw new AssertionError("no view " + name);
    }

    List<DecisionLine> lines() {
        run(Duration.ofMillis(50));
        return kernel.feed().after(0, 100_000);
    }

    /** Nothing is overfilled, revisions have no gap by construction, decisions are numbered without gaps. */
    void checkInvariants(long decisions) {
        Hosts hosts = inventory.head().hosts();
        for (int row = 0; row < hosts.end(); row++) {
            assertTrue(hosts.freeMemory(row) >= 0, hosts.id(row) + " is overfilled");
        }
        List<DecisionLine> lines = lines();
        assertEquals(decisions, lines.size(), () -> lines.toString().replace("DecisionLine", "\n"));
        for (int i = 0; i < lines.size(); i++) {
            assertEquals(i + 1, lines.get(i).id().number());
        }
    }
}
