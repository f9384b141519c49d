package org.vinestock.placement.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.Outcome;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;

/** Promises about answers, sizes of sites, and instances that live long. */
final class AnswerChecks {
    private static final List<String> GROUPS = List.of("web", "db", "mail");

    private AnswerChecks() {}

    static List<Promise> all() {
        return List.of(
                new Promise("refuses only if nothing fits", (fresh, random) -> {
                    for (int i = 0; i < 40; i++) {
                        PlacementSite site = anySite(random);
                        for (int j = 0; j < 5; j++) {
                            fresh.get().expectRight(anyQuestion("new-" + j, random), site);
                        }
                    }
                }),
                new Promise("says why, in a sentence", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
                    Answer<Placement> placed = fresh.get().ask(Trial.question(1, 1), site);
                    Placement.Refused refused = fresh.get().expectRefusal(Trial.question(9, 1), site);
                    if (placed.because().isBlank() || refused.because().isBlank()) {
                        throw new AssertionError("it gave no reason for " + placed.choice() + " or for its refusal");
                    }
                }),
                new Promise("gives the same answers to the same questions", (fresh, random) -> {
                    long seed = random.nextLong();
                    List<String> first = answers(fresh.get(), new SplittableRandom(seed));
                    List<String> second = answers(fresh.get(), new SplittableRandom(seed));
                    for (int i = 0; i < first.size(); i++) {
                        if (!first.get(i).equals(second.get(i))) {
                            throw new AssertionError("question " + (i + 1) + " got " + first.get(i)
                                    + " from one instance, " + second.get(i) + " from another");
                        }
                    }
                }),
                new Promise("works with no host at all", (fresh, random) -> {
                    PlacementSite site = new PlacementSite();
                    Trial trial = fresh.get();
                    trial.expectRefusal(Trial.question(1, 1), site);
                    trial.expect(Trial.question(1, 1), site.hosts(1, 1, 1, 8, 32), "z1-r1-h01");
                }),
                new Promise("works with 1,000 hosts", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(4, 5, 50, 8, 32);
                    site.rule("web-apart", "app=web", new Demand.Apart(Domain.RACK));
                    int right = 1 + random.nextInt(50);
                    for (int i = 1; i <= 50; i++) {
                        String host = String.format(Locale.ROOT, "z3-r4-h%02d", i);
                        site.vm("big-" + i, host, i == right ? 6 : 7, 1, Labels.NONE);
                    }
                    for (int zone = 1; zone <= 4; zone++) {
                        for (int rack = 1; rack <= 5; rack++) {
                            if (zone != 3 || rack != 4) {
                                String host = "z" + zone + "-r" + rack + "-h01";
                                site.vm("web-" + zone + rack, host, 1, 1, Labels.of("app", "web"));
                            }
                        }
                    }
                    String only = String.format(Locale.ROOT, "z3-r4-h%02d", right);
                    fresh.get().expect(Trial.question("web-0", 2, 1, Labels.of("app", "web")), site, only);
                }),
                new Promise("places VM after VM until the site is full", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(2, 2, 3, 4, 16);
                    Trial trial = fresh.get();
                    for (int i = 0; i < 48; i++) {
                        @Nullable HostId host = trial.expectRight(Trial.question("vm-" + i, 1, 4, Labels.NONE), site);
                        if (host == null) {
                            throw new AssertionError("it refused VM " + (i + 1) + " of 48 that fill 12 hosts exactly");
                        }
                        site.vm("vm-" + i, host.value(), 1, 4, Labels.NONE);
                    }
                    trial.expectRefusal(Trial.question("vm-48", 1, 4, Labels.NONE), site);
                }),
                new Promise("survives many changes between two questions", (fresh, random) -> {
                    PlacementSite site = anySite(random);
                    Trial trial = fresh.get();
                    for (int i = 0; i < 20; i++) {
                        trial.expectRight(anyQuestion("new-" + i, random), site);
                        for (int j = random.nextInt(30); j > 0; j--) {
                            change(site, random);
                        }
                    }
                }),
                new Promise("survives changes that are no longer known", (fresh, random) -> {
                    PlacementSite site = anySite(random);
                    Trial trial = fresh.get();
                    for (int i = 0; i < 10; i++) {
                        trial.expectRight(anyQuestion("new-" + i, random), site);
                        change(site, random);
                        change(site.forgetChanges(), random);
                    }
                }),
                new Promise("goes on after outcomes and after forgetting", (fresh, random) -> {
                    PlacementSite site = new PlacementSite().hosts(1, 1, 2, 8, 32);
                    Trial trial = fresh.get();
                    HostId host = new HostId(trial.expect(Trial.question(1, 1), site, "z1-r1-h01", "z1-r1-h02"));
                    VmId vm = new VmId("new");
                    for (PlacementOutcome.Result result : PlacementOutcome.Result.values()) {
                        PlacementOutcome outcome = new PlacementOutcome(host, result, "");
                        trial.strategy().observe(new Outcome<>(new DecisionId(1), vm, Instant.EPOCH, outcome));
                    }
                    trial.strategy().forget(vm);
                    trial.strategy().forget(new VmId("never-seen"));
                    String other = host.value().equals("z1-r1-h01") ? "z1-r1-h02" : "z1-r1-h01";
                    trial.expect(Trial.question(1, 1), site.maintenance(other, true), host.value());
                }),
                new Promise("keeps two instances apart", (fresh, random) -> {
                    PlacementSite one = new PlacementSite().hosts(1, 1, 3, 8, 32);
                    PlacementSite two = new PlacementSite().host("a-b-c", 2, 2);
                    Trial first = fresh.get();
                    Trial second = fresh.get();
                    for (int i = 0; i < 3; i++) {
                        first.expect(Trial.question(4, 4), one, "z1-r1-h01", "z1-r1-h02", "z1-r1-h03");
                        second.expectRefusal(Trial.question(4, 4), two);
                        second.expect(Trial.question(2, 2), two, "a-b-c");
                        one.vm("vm-" + i, "z1-r1-h0" + (i + 1), 1, 1, Labels.NONE);
                        two.vm("vm-" + i, null, 1, 1, Labels.NONE);
                    }
                }));
    }

    private static List<String> answers(Trial trial, RandomGenerator random) {
        List<String> answers = new ArrayList<>();
        PlacementSite site = anySite(random);
        for (int i = 0; i < 40; i++) {
            Answer<Placement> answer = trial.ask(anyQuestion("new-" + i, random), site);
            answers.add(
                    answer.choice() + ", " + answer.because() + ", " + answer.alternatives() + ", " + answer.vetoes());
            change(site, random);
        }
        return answers;
    }

    /** A small site in any state. */
    static PlacementSite anySite(RandomGenerator random) {
        PlacementSite site = new PlacementSite();
        int hosts = 1 + random.nextInt(12);
        for (int i = 0; i < hosts; i++) {
            String zone = "z" + (1 + random.nextInt(3));
            String rack = zone + "-r" + (1 + random.nextInt(2));
            String cluster = random.nextInt(4) == 0 ? "lab" : "main";
            site.host("h" + i, rack, zone, cluster, 1 + random.nextInt(8), 1 + random.nextInt(16));
        }
        for (int i = random.nextInt(60); i > 0; i--) {
            change(site, random);
        }
        return site;
    }

    /** Any question. */
    static PlacementQuestion anyQuestion(String name, RandomGenerator random) {
        String vm = random.nextInt(5) == 0 ? "vm-" + random.nextInt(20) : name;
        PlacementQuestion plain =
                Trial.question(vm, (1 + random.nextInt(16)) / 4.0, (1 + random.nextInt(32)) / 8.0, anyLabels(random));
        List<HostId> avoid = random.nextInt(4) == 0 ? List.of(new HostId("h" + random.nextInt(12))) : List.of();
        List<HostId> only = random.nextInt(4) == 0
                ? List.of(new HostId("h" + random.nextInt(12)), new HostId("h" + random.nextInt(12)))
                : List.of();
        return new PlacementQuestion(plain.vm(), plain.millicores(), plain.memory(), plain.labels(), null, avoid, only);
    }

    /** Changes anything. */
    static void change(PlacementSite site, RandomGenerator random) {
        List<HostId> hosts = new ArrayList<>();
        site.snapshot().rows(SiteKinds.HOST).forEach(host -> hosts.add(host.id()));
        String host = hosts.get(random.nextInt(hosts.size())).value();
        String vm = "vm-" + random.nextInt(20);
        double cores = (1 + random.nextInt(8)) / 4.0;
        double gib = (1 + random.nextInt(16)) / 8.0;
        switch (random.nextInt(12)) {
            case 0 -> site.withoutVm(vm);
            case 1 -> site.maintenance(host, random.nextInt(3) == 0);
            case 2 -> site.state(host, random.nextInt(3) == 0 ? HostState.DOWN : HostState.UP);
            case 3 -> site.rule("rule-" + random.nextInt(3), "app=" + anyGroup(random), anyDemand(random));
            case 4 -> site.withoutRule("rule-" + random.nextInt(3));
            case 5, 6 -> site.seen(vm, host, cores, gib);
            case 7 -> site.vm(vm, null, cores, gib, anyLabels(random));
            default -> site.vm(vm, host, cores, gib, anyLabels(random));
        }
    }

    private static Demand anyDemand(RandomGenerator random) {
        Domain domain = List.of(Domain.HOST, Domain.RACK, Domain.ZONE).get(random.nextInt(3));
        return switch (random.nextInt(4)) {
            case 0 -> new Demand.Together(domain);
            case 1 -> new Demand.Apart(domain);
            case 2 -> new Demand.AtMost(domain, 1 + random.nextInt(3));
            default ->
                new Demand.In(
                        domain,
                        switch (domain) {
                            case HOST -> List.of("h0", "h1", "h2", "h3");
                            case RACK -> List.of("z1-r1", "z2-r2");
                            case ZONE -> List.of("z1", "z3");
                        });
        };
    }

    private static Labels anyLabels(RandomGenerator random) {
        return random.nextInt(3) == 0 ? Labels.NONE : Labels.of("app", anyGroup(random));
    }

    private static String anyGroup(RandomGenerator random) {
        return GROUPS.get(random.nextInt(GROUPS.size()));
    }
}
