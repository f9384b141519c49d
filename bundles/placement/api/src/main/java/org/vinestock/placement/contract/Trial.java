package org.vinestock.placement.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Budget;
import org.vinestock.decision.Context;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;

/** One instance of a strategy, asked and watched. */
record Trial(Strategy<PlacementQuestion, Placement, PlacementOutcome> strategy) {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private record Given(Snapshot snapshot, Instant askedAt, Budget budget) implements Context {}

    /** A question about a new VM. */
    static PlacementQuestion question(String vm, double cores, double gib, Labels labels) {
        return new PlacementQuestion(
                new VmId(vm), Math.round(cores * 1000), new ByteCount(Math.round(gib * (1L << 30))), labels);
    }

    /** A question about a new VM without labels. */
    static PlacementQuestion question(double cores, double gib) {
        return question("new", cores, gib, Labels.NONE);
    }

    /** Asks, and fails on an answer that breaks something. */
    Answer<Placement> ask(PlacementQuestion question, PlacementSite site) {
        Snapshot snapshot = site.snapshot();
        Context context = new Given(snapshot, NOON, new Budget(42, 10_000, Duration.ofMillis(5)));
        Answer<Placement> answer = strategy.answer(question, context);
        if (answer.choice() instanceof Placement.Placed placed) {
            List<String> wrong = NaiveRules.wrong(question, placed.host(), snapshot);
            if (!wrong.isEmpty()) {
                throw new AssertionError("asked for " + words(question) + ", it chose " + placed.host() + ", against "
                        + String.join(", ", wrong));
            }
        }
        return answer;
    }

    /** Expects one of these hosts. */
    String expect(PlacementQuestion question, PlacementSite site, String... hosts) {
        Placement choice = ask(question, site).choice();
        if (choice instanceof Placement.Placed placed
                && List.of(hosts).contains(placed.host().value())) {
            return placed.host().value();
        }
        throw new AssertionError("asked for " + words(question) + ", it answered " + words(choice) + "; only "
                + String.join(" or ", hosts) + " can take it");
    }

    /** Expects that it is refused. */
    Placement.Refused expectRefusal(PlacementQuestion question, PlacementSite site) {
        Placement choice = ask(question, site).choice();
        if (choice instanceof Placement.Refused refused) {
            return refused;
        }
        throw new AssertionError(
                "asked for " + words(question) + ", it answered " + words(choice) + " although no host can take it");
    }

    /** Expects that it is placed if, and only if, some host can take it; returns the host, or null. */
    @Nullable
    HostId expectRight(PlacementQuestion question, PlacementSite site) {
        Placement choice = ask(question, site).choice();
        if (choice instanceof Placement.Placed placed) {
            return placed.host();
        }
        List<HostId> fitting = NaiveRules.fitting(question, site.snapshot());
        if (!fitting.isEmpty()) {
            throw new AssertionError(
                    "asked for " + words(question) + ", it refused although " + fitting.get(0) + " can take it");
        }
        return null;
    }

    private static String words(Placement choice) {
        return choice instanceof Placement.Refused refused ? "\"" + refused.because() + "\"" : choice.toString();
    }

    private static String words(PlacementQuestion question) {
        return question.vm() + " (" + question.millicores() / 1000.0 + " cores, " + question.memory()
                + (question.labels().values().isEmpty()
                        ? ""
                        : ", " + question.labels().values()) + ")";
    }
}
