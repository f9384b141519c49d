package org.vinestock.lab.trial;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.decision.DecisionLine;
import org.vinestock.decision.Recalled;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.drive.Happening;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.VmId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.Placements;
import org.vinestock.time.Lane;
import org.vinestock.trial.Trial;
import org.vinestock.trial.TrialRequest;

/**
 * Reads back from the decisions that the live site holds, and from the changes of its inventory, what came to it lately. Nothing
 * is recorded beforehand and nobody waits: how far back it goes is how far the ledger and the former states go.
 *
 * <p>One use; owned by its lane.
 */
final class LiveHistory {
    /** How many beginnings are tried: the state of an old decision may be forgotten. */
    private static final int BEGINNINGS = 40;

    private static final int ALL = 1_000_000;

    private final Platform live;
    private final Lane lane;
    private final TrialRequest request;
    private final CompletableFuture<Trial> trial = new CompletableFuture<>();
    private final List<Happening> happenings = new ArrayList<>();
    private List<DecisionLine> lines = List.of();
    private int refused;

    LiveHistory(Platform live, Lane lane, TrialRequest request) {
        this.live = live;
        this.lane = lane;
        this.request = request;
    }

    /** Reads it; on the lane. */
    CompletionStage<Trial> read() {
        if (request.hosts() != null) {
            throw new IllegalArgumentException("hosts: " + request.hosts()
                    + " with live; accepted: left out, a copy of this site has as many as the site");
        }
        Integer minutes = request.minutes();
        Instant from =
                minutes == null ? Instant.MIN : live.scheduler().instant().minus(Duration.ofMinutes(minutes));
        lines = live.service(DecisionFeed.class).map(feed -> feed.after(0, ALL)).orElse(List.of()).stream()
                .filter(line -> line.point().equals(Placements.PLACE.name())
                        && !line.at().isBefore(from))
                .toList();
        tryFrom(0);
        return trial;
    }

    /** Begins with the decision at a place if the state that it was made on is still known, else with a later one. */
    private void tryFrom(int place) {
        if (place >= lines.size()) {
            trial.completeExceptionally(
                    new IllegalArgumentException(
                            "on: nothing came to this site"
                                    + (request.minutes() == null ? "" : " in the last " + request.minutes() + " min")
                                    + " that is still held; accepted: demand, a file of recorded arrivals, or live once VMs have arrived"));
            return;
        }
        DecisionLine line = lines.get(place);
        recall(line)
                .whenCompleteAsync(
                        (recalled, thrown) -> {
                            if (thrown != null || !begins(recalled, place)) {
                                tryFrom(place + Math.max(1, lines.size() / BEGINNINGS));
                            }
                        },
                        lane);
    }

    private CompletionStage<Optional<Recalled<PlacementQuestion, Placement>>> recall(DecisionLine line) {
        return live.decisions().recall(Placements.PLACE, new VmId(line.subject()));
    }

    private boolean begins(Optional<Recalled<PlacementQuestion, Placement>> recalled, int place) {
        @Nullable Snapshot state = recalled.map(Recalled::state).orElse(null);
        DecisionLine line = lines.get(place);
        if (state == null || !recalled.get().decision().id().equals(line.id())) {
            return false;
        }
        Snapshot head = live.inventory().head();
        Optional<List<Change>> changes = head.changesSince(state.ref().revision());
        if (changes.isEmpty() || hosts(state) < hosts(head)) { // a site that was still being built is none
            return false;
        }
        List<DecisionLine> since = lines.subList(place, lines.size());
        happen(state, line.at(), since, changes.get());
        addRefused(line.at(), since.stream().filter(LiveHistory::isRefused).toList(), 0, () -> finish(state, since));
        return true;
    }

    private static int hosts(Snapshot state) {
        return state.rows(SiteKinds.HOST_OBSERVED).size();
    }

    private static boolean isRefused(DecisionLine line) {
        return line.choice().equals("refused");
    }

    /** VMs that found a place, and those that left. */
    private void happen(Snapshot state, Instant start, List<DecisionLine> since, List<Change> changes) {
        Map<String, Instant> asked = new TreeMap<>();
        since.forEach(line -> asked.putIfAbsent(line.subject(), line.at()));
        TreeSet<String> there = new TreeSet<>();
        state.rows(SiteKinds.VM).forEach(vm -> there.add(vm.id().value()));
        long now = 0;
        for (Change change : changes) {
            String name = change.id().value();
            if (change instanceof Change.Put<?> put && put.value() instanceof Vm vm && there.add(name)) {
                Instant at = asked.get(name);
                now = at == null ? now : Math.max(now, millis(start, at));
                happenings.add(new Happening.Arrives(now, new VmId(name), vm.millicores(), vm.size(), vm.labels()));
            } else if (change instanceof Change.Removed && isVm(change) && there.remove(name)) {
                happenings.add(new Happening.Leaves(now, new VmId(name)));
            }
        }
    }

    private static boolean isVm(Change change) {
        return change.kind().equals(SiteKinds.VM);
    }

    /** VMs that found none are in no row: their questions tell what they were. */
    private void addRefused(Instant start, List<DecisionLine> turnedAway, int next, Runnable then) {
        if (next == turnedAway.size()) {
            then.run();
            return;
        }
        DecisionLine line = turnedAway.get(next);
        recall(line)
                .whenCompleteAsync(
                        (recalled, thrown) -> {
                            if (thrown == null && recalled.isPresent() && isArrival(recalled.get())) {
                                PlacementQuestion asked = recalled.get().question();
                                refused++;
                                happenings.add(new Happening.Arrives(
                                        millis(start, line.at()),
                                        new VmId(asked.vm().value() + "-refused-"
                                                + line.id().number()),
                                        asked.millicores(),
                                        asked.memory(),
                                        asked.labels()));
                            }
                            addRefused(start, turnedAway, next + 1, then);
                        },
                        lane);
    }

    /** None is a VM that is there already and was to be placed anew, or that needs a host which nobody plays. */
    private static boolean isArrival(Recalled<PlacementQuestion, Placement> recalled) {
        return recalled.question().avoid().isEmpty()
                && recalled.question().only().isEmpty();
    }

    private void finish(Snapshot state, List<DecisionLine> since) {
        happenings.sort(Comparator.comparingLong(Happening::atMillis));
        Instant start = since.get(0).at();
        Duration length = Duration.between(start, since.get(since.size() - 1).at());
        trial.complete(new LiveTrial(
                state,
                start,
                length.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : length,
                happenings,
                refused,
                request.seed()));
    }

    private static long millis(Instant start, Instant at) {
        return Math.max(0, Duration.between(start, at).toMillis());
    }
}
