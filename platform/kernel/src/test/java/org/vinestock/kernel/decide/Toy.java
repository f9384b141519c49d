package org.vinestock.kernel.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.vinestock.decision.Answer;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Check;
import org.vinestock.decision.Context;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Guardrail;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.model.Violation;
import org.vinestock.model.VmId;

/** A small decision point: which host takes a guest of some size. */
final class Toy implements DecisionPoint<Toy.Ask, Toy.Chosen, Toy.Became> {
    static final Kind<Box> BOX = new Kind<>("host", Box.class);
    static final Kind<Guest> GUEST = new Kind<>("vm", Guest.class);

    /** The host that stands for a refusal; a guardrail lets it pass if it is there. */
    static final String FULL = "full";

    /** The question. */
    record Ask(VmId vm, long size) {}

    /** The choice. */
    record Chosen(HostId host) {
        @Override
        public String toString() {
            return host.value();
        }
    }

    /** What became of it. */
    record Became(boolean good) {}

    /** A host. */
    record Box(HostId id, boolean accepts, long millicores, long memory) implements HostRow {}

    /** What takes room. */
    record Guest(VmId id, HostId host, long millicores, long memory) implements OccupantRow {}

    /** What strategies of this point implement. */
    interface ToyStrategy extends Strategy<Ask, Chosen, Became> {}

    private final String name;
    private final Duration deadline;
    private final List<Check<Strategy<Ask, Chosen, Became>>> contract = new ArrayList<>();

    Toy(String name, Duration deadline) {
        this.name = name;
        this.deadline = deadline;
    }

    Toy() {
        this("toy.place", Duration.ofMillis(5));
    }

    static Change.Put<Box> box(String id, long memory) {
        return new Change.Put<>(BOX, new HostId(id), new Box(new HostId(id), true, 1000, memory));
    }

    static Ask ask(int vm, long size) {
        return new Ask(new VmId("vm-" + vm), size);
    }

    /** Reserves what was chosen. */
    static ChangeSet take(Ask ask, Chosen chosen, Snapshot now) {
        Guest guest = new Guest(ask.vm(), chosen.host(), 0, ask.size());
        return new ChangeSet(now.ref().revision(), List.of(new Change.Put<>(GUEST, ask.vm(), guest)));
    }

    /** Chooses the first host with room, or the last one. */
    static Answer<Chosen> fit(Ask ask, Snapshot now, boolean first) {
        Hosts hosts = now.hosts();
        for (int i = 0; i < hosts.end(); i++) {
            int row = first ? i : hosts.end() - 1 - i;
            if (hosts.accepts(row) && hosts.freeMemory(row) >= ask.size()) {
                return new Answer<>(new Chosen(hosts.id(row)), first ? "first with room" : "last with room");
            }
        }
        return new Answer<>(new Chosen(new HostId("none")), "nobody has room");
    }

    static ToyStrategy fitting(boolean first) {
        return (ask, context) -> fit(ask, context.snapshot(), first);
    }

    static Answer<Chosen> choose(String host) {
        return new Answer<>(new Chosen(new HostId(host)), "because");
    }

    BuiltIn<Ask, Chosen, Became> builtIn(String strategy, boolean first, ToyStrategy instance) {
        return new BuiltIn<>(this, strategy, "1.0", () -> instance, first);
    }

    void promise(Check<Strategy<Ask, Chosen, Became>> check) {
        contract.add(check);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Class<ToyStrategy> strategyType() {
        return ToyStrategy.class;
    }

    @Override
    public Class<Ask> questionType() {
        return Ask.class;
    }

    @Override
    public Class<Chosen> answerType() {
        return Chosen.class;
    }

    @Override
    public Class<Became> outcomeType() {
        return Became.class;
    }

    @Override
    public ObjectId subject(Ask question) {
        return question.vm();
    }

    @Override
    public Duration deadline() {
        return deadline;
    }

    @Override
    public Strategy<Ask, Chosen, Became> fallback() {
        return (Ask ask, Context context) -> fit(ask, context.snapshot(), true);
    }

    @Override
    public List<Guardrail<Ask, Chosen>> guardrails() {
        return List.of(Toy::hasRoom);
    }

    private static List<Violation> hasRoom(Ask ask, Chosen chosen, Snapshot now) {
        int row = now.hosts().row(chosen.host());
        if (row < 0) {
            return List.of(new Violation("exists", "there is no host " + chosen.host()));
        }
        long free = now.hosts().freeMemory(row);
        return free >= ask.size()
                ? List.of()
                : List.of(new Violation("capacity", chosen + " has " + free + " free, needed " + ask.size()));
    }

    @Override
    public List<Check<Strategy<Ask, Chosen, Became>>> contract() {
        return contract;
    }

    @Override
    public List<Chosen> candidates(Ask question, Snapshot snapshot) {
        List<Chosen> candidates = new ArrayList<>();
        for (Box box : snapshot.rows(BOX)) {
            candidates.add(new Chosen(box.id()));
        }
        return candidates;
    }

    /** Guests with an odd number belong to team web. */
    @Override
    public Labels labels(Ask question, Snapshot snapshot) {
        String name = question.vm().value();
        boolean odd = (name.charAt(name.length() - 1) - '0') % 2 == 1;
        return Labels.of("team", odd ? "web" : "db");
    }

    /** Nobody asks for so much that host {@code full} would be right. */
    @Override
    public boolean isRefusal(Chosen choice) {
        return choice.host().value().equals(FULL);
    }

    @Override
    public boolean isBad(Became outcome) {
        return !outcome.good();
    }

    @Override
    public List<String> clusters(Ask question, Chosen choice, Snapshot snapshot) {
        return List.of("cluster-of-" + choice.host());
    }
}
