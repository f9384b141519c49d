package org.vinestock.benchmarks.decide;

import static org.vinestock.benchmarks.Figures.say;

import com.acme.placement.EveningPlacement;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.vinestock.benchmarks.decide.Load.Latencies;
import org.vinestock.benchmarks.decide.Load.Throughput;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Budget;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Context;
import org.vinestock.decision.Decision;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.Placements;
import org.vinestock.placement.contract.PlacementSite;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;

/**
 * Measures whole placements: {@code reserve} asks the vendor's example acme, checks by the guardrails and commits the VM's
 * row, in one turn. The site has 100 hosts of 64 cores in 10 racks and 1,000 VMs, some 60 % full, with a rule for
 * every eighth VM; the VMs are placed anew one after the other.
 */
final class ReserveFigures {
    private static final int VMS = 1_000;
    private static final Labels WEB = Labels.of("app", "web");

    private final int seconds;
    private final Desk desk = new Desk();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong thought = new AtomicLong();
    private final Load load = new Load(this::place, thought::get);

    ReserveFigures(int seconds) {
        this.seconds = seconds;
    }

    void run() throws Exception {
        PlacementSite made = new PlacementSite()
                .hosts(2, 5, 10, 64, 256)
                .rule("web-few", "app=web", new Demand.AtMost(Domain.HOST, 3));
        for (Change change : made.snapshot().changesSince(0).orElseThrow()) {
            commit(change);
        }
        desk.kernel.add(new BuiltIn<>(Placements.PLACE, "inline", "1.0", this::timed, true));
        desk.kernel.add(Placements.PLACE);
        desk.vendor(Placements.PLACE, "acme", this::timed);
        desk.promote(Placements.PLACE, "acme");
        var warm = load.outstanding(desk.scheduler.lane("figures"), seconds);
        say("100 hosts: %,d a second while the code is still being compiled; %s", warm.perSecond(), load.incidents());
        measure("inline", "as a built-in");
        measure("acme", "as a vendor's");
    }

    private void measure(String strategy, String how) throws Exception {
        desk.promote(Placements.PLACE, strategy);
        Throughput placed = load.outstanding(desk.scheduler.lane("figures"), seconds);
        say(
                "100 hosts, acme %s: asked, guarded and reserved, 64 outstanding: %,d a second, %.1f us of CPU each, of"
                        + " which acme thinks %.1f us; %s",
                how, placed.perSecond(), placed.cpuMicros(), thinking(), load.incidents());
        Latencies took = load.pace(Load.RATE * seconds);
        say(
                "100 hosts, acme %s: the same, paced at 1,000/s: p50 %.1f us, p99 %.1f us; without acme's thinking p50"
                        + " %.1f us, p99 %.1f us; %s",
                how, took.whole(0.5), took.whole(0.99), took.overhead(0.5), took.overhead(0.99), load.incidents());
    }

    private void commit(Change change) throws Exception {
        ChangeSet one = new ChangeSet(desk.inventory.head().ref().revision(), List.of(change));
        Commit committed = desk.inventory.commit(one).toCompletableFuture().get(10, TimeUnit.SECONDS);
        if (!(committed instanceof Commit.Done)) {
            throw new AssertionError(committed.toString());
        }
    }

    private CompletionStage<Decision<Placement>> place() {
        PlacementQuestion question = question(next.getAndIncrement() % VMS);
        return desk.kernel.reserve(
                Placements.PLACE, question, (choice, snapshot) -> changes(question, choice, snapshot), false);
    }

    private static PlacementQuestion question(int number) {
        int cores = 1 << number % 4;
        return new PlacementQuestion(
                new VmId("vm-" + number),
                cores * 1_000L,
                ByteCount.ofGib(4L * cores),
                number % 8 == 0 ? WEB : Labels.NONE);
    }

    private static ChangeSet changes(PlacementQuestion question, Placement choice, Snapshot snapshot) {
        HostId host = ((Placement.Placed) choice).host();
        Vm vm = new Vm(
                question.vm(), question.millicores(), question.memory(), question.labels(), PowerState.RUNNING, host);
        return new ChangeSet(snapshot.ref().revision(), List.of(new Change.Put<>(SiteKinds.VM, question.vm(), vm)));
    }

    /** What the strategy is given. */
    private record Given(Snapshot snapshot, Instant askedAt, Budget budget) implements Context {}

    /** acme, with its thinking measured. */
    private PlacementStrategy timed() {
        PlacementStrategy acme = new EveningPlacement();
        return (question, context) -> {
            long begun = System.nanoTime();
            Answer<Placement> answer = acme.answer(question, context);
            thought.set(System.nanoTime() - begun);
            return answer;
        };
    }

    /** Microseconds of CPU of an answer alone, without any platform. */
    private double thinking() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        PlacementStrategy acme = new EveningPlacement();
        Context context = new Given(desk.inventory.head(), Instant.EPOCH, new Budget(1, 1_000, Duration.ofMillis(5)));
        long cpu = threads.getCurrentThreadCpuTime();
        int asked = 0;
        while (threads.getCurrentThreadCpuTime() - cpu < 1_000_000_000L) {
            for (int i = 0; i < VMS; i++) {
                acme.answer(question(i), context);
            }
            asked += VMS;
        }
        return (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / asked;
    }
}
