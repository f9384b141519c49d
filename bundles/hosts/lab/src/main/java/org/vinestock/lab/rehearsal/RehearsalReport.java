package org.vinestock.lab.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vinestock.inventory.Hosts;
import org.vinestock.lab.site.Topology;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.report.Section;
import org.vinestock.report.Series;
import org.vinestock.view.InWords;

/** Writes a rehearsal down. */
final class RehearsalReport {
    /** Rows of a table, bars of a chart; what is left out is counted. */
    private static final int ROWS = 300;

    private static final int BARS = 30;
    private static final int POINTS = 300;
    private static final int FILLS = 2_000;

    private final RehearseStep.Arguments asked;
    private final Rehearsal.Outcome outcome;
    private final String strategy;

    RehearsalReport(RehearseStep.Arguments asked, Rehearsal.Outcome outcome, String strategy) {
        this.asked = asked;
        this.outcome = outcome;
        this.strategy = strategy;
    }

    /** What becomes of the site, in some plain sentences. */
    String verdict() {
        String what = String.join(" and ", asked.fail());
        if (outcome.affected() == 0) {
            return "If " + what + " is lost, no VM is affected: none runs there.";
        }
        int back = outcome.restarts().size();
        StringBuilder text = new StringBuilder("If " + what + " is lost, ");
        if (back == outcome.affected()) {
            text.append(back == 1 ? "the one VM that ran there runs" : "all " + back + " VMs that ran there run")
                    .append(" elsewhere after ")
                    .append(InWords.duration(outcome.backAfter(1)))
                    .append(back == 1 ? "." : ", half of them after " + InWords.duration(outcome.backAfter(0.5)) + ".");
        } else {
            text.append(back).append(" of ").append(outcome.affected()).append(" VMs that ran there run elsewhere");
            if (back > 0) {
                text.append(" after ")
                        .append(InWords.duration(outcome.backAfter(1)))
                        .append(", half of these after ")
                        .append(InWords.duration(outcome.backAfter(0.5)));
            }
            text.append("; ")
                    .append(outcome.down().size())
                    .append(" stay down: ")
                    .append(causes())
                    .append('.');
        }
        text.append(
                outcome.rulesBroken().isEmpty()
                        ? " No rule is broken."
                        : " Rules broken: " + String.join("; ", outcome.rulesBroken()) + ".");
        return text.append(String.format(
                        Locale.ROOT,
                        " On the %d hosts left %.0f %% of the cores and %.0f %% of the memory are free.",
                        outcome.hostsLeft(),
                        outcome.coresFree() * 100,
                        outcome.memoryFree() * 100))
                .toString();
    }

    private String causes() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        outcome.down().forEach(down -> counts.merge(down.rule(), 1, (before, one) -> before + one));
        List<String> words = new ArrayList<>();
        counts.forEach((rule, count) -> words.add(
                switch (rule) {
                    case WhyDown.ROOM -> count + " for want of room";
                    case WhyDown.TIME -> count + " were not ready within " + asked.minutes() + " min";
                    default -> count + " because of rule " + rule;
                }));
        return String.join(", ", words);
    }

    Report report(ReportId id, Instant madeAt, String by) {
        return new Report(
                id,
                RehearseOperation.TYPE.name(),
                "the loss of " + String.join(" and ", asked.fail()),
                verdict(),
                madeAt,
                by,
                List.of(figures(), fills(), curve(), down(), timeline(), restarts(), measurement()));
    }

    private Section figures() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("hosts lost", String.valueOf(outcome.lost().size())));
        rows.add(List.of("hosts left that take VMs", String.valueOf(outcome.hostsLeft())));
        rows.add(List.of("VMs that ran on the lost ones", String.valueOf(outcome.affected())));
        rows.add(List.of("of these run again", String.valueOf(outcome.restarts().size())));
        rows.add(List.of("of these stay down", String.valueOf(outcome.down().size())));
        rows.add(List.of("loss noticed after", InWords.duration(outcome.noticed())));
        rows.add(List.of("half of them back after", InWords.duration(outcome.backAfter(0.5))));
        rows.add(List.of("last one back after", InWords.duration(outcome.backAfter(1))));
        rows.add(List.of("cores free afterwards", percent(outcome.coresFree())));
        rows.add(List.of("memory free afterwards", percent(outcome.memoryFree())));
        outcome.rulesBroken().forEach(rule -> rows.add(List.of("rule broken", rule)));
        return new Section.Grid("Figures", List.of("", ""), rows);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /** From the loss until some time after the last restart, with a value before and after each step. */
    private Section curve() {
        List<Rehearsed.Restart> back = outcome.restarts();
        List<Double> seconds = new ArrayList<>();
        List<Double> running = new ArrayList<>();
        seconds.add(0.0);
        running.add(0.0);
        int every = Math.max(1, back.size() / POINTS);
        for (int i = 0; i < back.size(); i++) {
            if (i % every == 0 || i == back.size() - 1) {
                double at = back.get(i).after().toMillis() / 1000.0;
                seconds.add(at);
                running.add(running.get(running.size() - 1));
                seconds.add(at);
                running.add(i + 1.0);
            }
        }
        seconds.add(Math.max(2, outcome.backAfter(1).toMillis() / 1000.0 * 1.3));
        running.add((double) back.size());
        List<Double> down =
                running.stream().map(count -> outcome.affected() - count).toList();
        return new Section.Curves(
                "VMs of the lost hosts",
                "VMs",
                seconds,
                List.of(new Series("run again", running), new Series("down", down)));
    }

    private Section timeline() {
        List<Rehearsed.Restart> back = outcome.restarts();
        double whole = outcome.backAfter(1).toMillis() / 1000.0;
        int shown = Math.min(BARS, back.size());
        List<Section.Span> spans = back.subList(back.size() - shown, back.size()).stream()
                .map(each -> new Section.Span(
                        each.vm().value(),
                        0,
                        each.after().toMillis() / 1000.0,
                        each.to().value(),
                        false))
                .toList();
        return new Section.Spans(
                "How long VMs were down that came back" + (shown < back.size() ? ", the slowest " + shown : ""),
                whole,
                spans);
    }

    private Section down() {
        List<List<String>> rows = new ArrayList<>();
        List<Rehearsed.Down> down = outcome.down();
        for (Rehearsed.Down each : down.subList(0, Math.min(ROWS, down.size()))) {
            rows.add(List.of(
                    each.vm().value(),
                    WhyDown.cores(each.millicores()) + ", " + each.memory(),
                    each.labels(),
                    each.from().value(),
                    each.because()));
        }
        return new Section.Grid(
                "Stays down, and why" + more(down.size()), List.of("VM", "size", "labels", "ran on", "because"), rows);
    }

    private Section restarts() {
        List<List<String>> rows = new ArrayList<>();
        List<Rehearsed.Restart> back = outcome.restarts();
        for (Rehearsed.Restart each : back.subList(0, Math.min(ROWS, back.size()))) {
            rows.add(
                    List.of(each.vm().value(), each.from().value(), each.to().value(), InWords.duration(each.after())));
        }
        return new Section.Grid("Who restarts where" + more(back.size()), List.of("VM", "from", "to", "after"), rows);
    }

    private static String more(int size) {
        return size > ROWS ? " (the first " + ROWS + " of " + size + ")" : "";
    }

    private Section fills() {
        TreeSet<String> lost = new TreeSet<>();
        outcome.lost().forEach(host -> lost.add(host.value()));
        List<Section.Fill> fills = new ArrayList<>();
        List<Topology.Place> places = outcome.topology().places();
        for (Topology.Place place : places.subList(0, Math.min(FILLS, places.size()))) {
            fills.add(new Section.Fill(
                    place.host().value(),
                    List.of(place.zone().value(), place.rack().value()),
                    lost.contains(place.host().value()),
                    taken(outcome.before().hosts(), place),
                    lost.contains(place.host().value())
                            ? List.of(0.0, 0.0)
                            : taken(outcome.after().hosts(), place)));
        }
        return new Section.Fills(
                "How full the hosts are" + (places.size() > FILLS ? " (the first " + FILLS + ")" : ""),
                List.of("CPU", "memory"),
                fills);
    }

    private static List<Double> taken(Hosts hosts, Topology.Place place) {
        int row = hosts.row(place.host());
        if (row < 0 || hosts.millicores(row) == 0 || hosts.memory(row) == 0) {
            return List.of(0.0, 0.0);
        }
        return List.of(
                rounded(1 - (double) hosts.freeMillicores(row) / hosts.millicores(row)),
                rounded(1 - (double) hosts.freeMemory(row) / hosts.memory(row)));
    }

    private static double rounded(double share) {
        return Math.round(share * 1_000) / 1_000.0;
    }

    private Section measurement() {
        Duration settled = Rehearsal.SETTLED;
        return new Section.Words(
                "How it was rehearsed",
                List.of(
                        "A copy of the site at revision "
                                + outcome.before().ref().revision()
                                + " (some " + settled.toSeconds()
                                + " s later in simulated time, when hosts had reported) lost "
                                + String.join(" and ", asked.fail()) + " at once; then " + asked.minutes()
                                + " simulated minutes passed, seed " + asked.seed() + ". Nothing of the site itself was"
                                + " touched.",
                        "VMs were placed by " + strategy
                                + ", and restarted by the site's own restart controller: real tasks, decisions,"
                                + " guardrails and rules.",
                        "Hosts were played by the lab, with the sizes and VMs of the real ones: how long they take to"
                                + " make and start a VM is the lab's (0.15 to 0.45 s together), and a loss is noticed as"
                                + " quickly as a played host tells. No VM arrived or left meanwhile."));
    }
}
