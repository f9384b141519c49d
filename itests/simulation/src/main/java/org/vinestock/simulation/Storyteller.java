package org.vinestock.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.canary.Then;
import org.vinestock.kernel.permit.Mode;
import org.vinestock.kernel.schedule.Chance;
import org.vinestock.lab.site.Topology;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.placement.PlacementOperations.Demanded;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.RuleId;
import org.vinestock.simulation.plugin.Behaviour;
import org.vinestock.simulation.plugin.PlayedStrategy;

/** Makes a story up from a seed. Sizes and times favour edges. */
public final class Storyteller {
    private static final int HAPPENINGS = 120;
    private static final List<String> APPS = List.of("web", "db", "batch");
    private static final List<String> AREAS = List.of("placement", "machines");

    private final RandomGenerator random;
    private final Shape shape;
    private final List<Topology.Place> places;
    private final List<Happening> happenings = new ArrayList<>();
    private final List<String> strategies = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private int vms;

    private Storyteller(long seed) {
        random = Chance.generator(seed, "story");
        int hosts = 1 + random.nextInt(12);
        int racks = 1 + random.nextInt(Math.min(4, hosts));
        shape = new Shape(
                1 + random.nextInt(Math.min(2, racks)),
                racks,
                hosts,
                2 + random.nextInt(15),
                4L + random.nextInt(61),
                random.nextInt(3) == 0 ? Duration.ZERO : Duration.ofMillis(1 + random.nextInt(30)));
        places = Topology.of(shape.of(seed)).places();
    }

    /** Makes the story of a seed. */
    public static Story story(long seed) {
        return story(seed, HAPPENINGS);
    }

    /** Makes the story of a seed, with so many happenings. */
    public static Story story(long seed, int happenings) {
        Storyteller teller = new Storyteller(seed);
        teller.tell(happenings);
        return new Story(seed, teller.shape, teller.happenings, null);
    }

    private void tell(int most) {
        for (String app : APPS) {
            if (random.nextBoolean()) {
                happenings.add(rule(app));
            }
        }
        now = Duration.ofSeconds(1);
        if (random.nextBoolean()) {
            happenings.add(budget());
        }
        while (happenings.size() < most) {
            happenings.add(next());
            now = now.plus(pause());
        }
    }

    private Happening next() {
        int dice = random.nextInt(228);
        if (dice < 80 || vms == 0) {
            return create();
        } else if (dice < 112) {
            return new Happening.Delete(now, anyVm());
        } else if (dice < 122) {
            return new Happening.Stop(now, anyVm());
        } else if (dice < 132) {
            return new Happening.Start(now, anyVm());
        } else if (dice < 142) {
            return new Happening.Fail(now, anyTarget());
        } else if (dice < 154) {
            return new Happening.Heal(now, random.nextBoolean() ? null : anyTarget());
        } else if (dice < 160) {
            return new Happening.Maintenance(now, anyPlace().host(), random.nextBoolean());
        } else if (dice < 168) {
            return new Happening.Cancel(now, random.nextInt(3));
        } else if (dice < 174) {
            return weather();
        } else if (dice < 177) {
            return new Happening.Cut(now, anyTarget(), someSeconds());
        } else if (dice < 180) {
            return new Happening.Stale(now, anyTarget(), someSeconds());
        } else if (dice < 191) {
            return plugin(random.nextInt(8));
        } else if (dice < 195) {
            return new Happening.Restart(now, random.nextBoolean() ? Duration.ZERO : someSeconds());
        } else if (dice < 198) {
            return new Happening.Freeze(now, random.nextInt(3) == 0);
        } else if (dice < 203) {
            return budget();
        } else if (dice < 207) {
            Mode[] modes = Mode.values();
            return new Happening.SetMode(now, modes[random.nextInt(modes.length)]);
        } else if (dice < 214) {
            return new Happening.Answer(now, random.nextInt(3) > 0, random.nextInt(4));
        } else if (dice < 221) {
            return canary();
        } else if (dice < 226) {
            return clock();
        }
        return new Happening.Leave(now, AREAS.get(random.nextInt(2)), someSeconds());
    }

    private Happening budget() {
        int perHour = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(random.nextBoolean() ? 6 : 40);
        Duration coolDown = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(40));
        return new Happening.Budget(now, random.nextInt(4), perHour, coolDown);
    }

    private Happening canary() {
        if (strategies.isEmpty()) {
            return plugin(0);
        }
        return new Happening.Canary(
                now,
                strategies.get(random.nextInt(strategies.size())),
                1 + random.nextInt(100),
                Duration.ofSeconds(1 + random.nextInt(60)),
                random.nextBoolean() ? List.of() : List.of("violations>0"),
                random.nextInt(3) == 0 ? Then.PROMOTE : Then.SHADOW);
    }

    private Happening clock() {
        Duration by = switch (random.nextInt(3)) {
            case 0 -> Duration.ofSeconds(1 + random.nextInt(120));
            case 1 -> Duration.ofMinutes(1 + random.nextInt(300));
            default -> Duration.ofDays(1 + random.nextInt(4_000));
        };
        return new Happening.Clock(now, random.nextBoolean() ? by : by.negated());
    }

    private Happening rule(String app) {
        Demanded[] demands = Demanded.values();
        Domain[] domains = Domain.values();
        Domain per = domains[random.nextInt(domains.length)];
        Topology.Place place = anyPlace();
        String name = switch (per) {
            case HOST -> place.host().value();
            case RACK -> place.rack().value();
            case ZONE -> place.zone().value();
        };
        Demanded demand = demands[random.nextInt(demands.length)];
        List<String> names = demand == Demanded.IN ? List.of(name) : List.of();
        return new Happening.Rule(now, new RuleId(app + "-rule"), demand, app, per, names, 1 + random.nextInt(4));
    }

    private Happening create() {
        boolean again = vms > 0 && random.nextInt(4) == 0;
        VmId vm = again ? anyVm() : vm(vms++);
        @Nullable String app = random.nextInt(4) == 0 ? null : APPS.get(random.nextInt(3));
        return new Happening.Create(now, vm, millicores(), memory(), app);
    }

    private Happening weather() {
        Duration slow =
                random.nextBoolean() ? Duration.ofMillis(random.nextInt(50)) : Duration.ofMillis(random.nextInt(8_000));
        return new Happening.Weather(
                now,
                anyTarget(),
                someSeconds(),
                slow,
                random.nextBoolean() ? 0 : random.nextInt(40),
                random.nextBoolean() ? 0 : random.nextInt(60));
    }

    private Happening plugin(int dice) {
        if (dice < 3 || strategies.isEmpty()) {
            Behaviour[] all = Behaviour.values();
            Behaviour behaviour = all[random.nextInt(all.length)];
            String name = PlayedStrategy.name(behaviour) + '-' + (strategies.size() + 1);
            strategies.add(name);
            return new Happening.Arrive(now, name, behaviour);
        }
        String name = strategies.get(random.nextInt(strategies.size()));
        return dice < 6
                ? new Happening.Promote(now, name)
                : dice < 7 ? new Happening.Rollback(now) : new Happening.Depart(now, name);
    }

    private long millicores() {
        return switch (random.nextInt(6)) {
            case 0 -> 1;
            case 1 -> shape.cores() * 1000L;
            case 2 -> random.nextInt(4) == 0 ? (shape.cores() + 1) * 1000L : 1000;
            default -> (1 + random.nextInt(Math.max(1, shape.cores() / 2))) * 1000L;
        };
    }

    private ByteCount memory() {
        return switch (random.nextInt(6)) {
            case 0 -> new ByteCount(1);
            case 1 -> ByteCount.ofGib(shape.gibibytes());
            default -> ByteCount.ofGib(1 + random.nextLong(Math.max(1, shape.gibibytes() / 2)));
        };
    }

    private static VmId vm(int number) {
        return new VmId("vm-" + number);
    }

    private VmId anyVm() {
        return vm(random.nextInt(vms));
    }

    private Topology.Place anyPlace() {
        return places.get(random.nextInt(places.size()));
    }

    private String anyTarget() {
        Topology.Place place = anyPlace();
        HostId host = place.host();
        return switch (random.nextInt(8)) {
            case 0 -> place.zone().value();
            case 1, 2 -> place.rack().value();
            default -> host.value();
        };
    }

    private Duration someSeconds() {
        return Duration.ofMillis(1 + random.nextInt(random.nextBoolean() ? 2_000 : 30_000));
    }

    private Duration pause() {
        return switch (random.nextInt(6)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofNanos(1);
            case 2 -> Duration.ofMillis(random.nextInt(50));
            case 3 -> Duration.ofSeconds(random.nextInt(15));
            default -> Duration.ofMillis(random.nextInt(1000));
        };
    }
}
